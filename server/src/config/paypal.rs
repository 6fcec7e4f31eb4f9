//! The `[paypal]` section: without it the shop does not offer PayPal.

use super::check::{is_of_the_sandbox, is_this_machine, origins};
use super::environment::Environment;
use super::file::PayPalFile;
use super::{PayPalPayments, Purpose};
use crate::payment::{CertificateSource, PayPalConfig};
use secrecy::SecretString;

const BASE_URL: &str = "https://api-m.paypal.com";
/// Where PayPal lets people approve.
const PAY_ORIGINS: [&str; 1] = ["https://www.paypal.com"];
/// What PayPal's dashboard shows, and the environment holds.
const SECRETS: [&str; 3] = ["PAYPAL_CLIENT_ID", "PAYPAL_CLIENT_SECRET", "PAYPAL_WEBHOOK_ID"];

/// The settings of PayPal; `None` when it is not offered, or beside mistakes.
pub(super) fn paypal(
    purpose: Purpose,
    environment: &Environment,
    file: Option<PayPalFile>,
    mistakes: &mut Vec<String>,
) -> Option<PayPalPayments> {
    let file = file?;
    let [id, secret, webhook] = SECRETS.map(|name| {
        let value = environment.secret(name, mistakes);
        if purpose == Purpose::Serve {
            check_secret(name, value.as_ref(), mistakes);
        }
        value
    });
    let base_url = file.base_url.unwrap_or_else(|| BASE_URL.to_owned());
    let host = reqwest::Url::parse(&base_url).ok().and_then(|url| url.host_str().map(str::to_owned));
    if purpose == Purpose::Serve
        && (host.is_none_or(|host| is_this_machine(&host)) || !base_url.starts_with("https://"))
    {
        mistakes.push(format!(
            "paypal.base_url must be the address of the provider, {BASE_URL}; the sandbox is only for the demo"
        ));
    }
    let pay_origins = file.pay_origins.unwrap_or_else(|| PAY_ORIGINS.map(str::to_owned).to_vec());
    origins("paypal.pay_origins", &pay_origins, mistakes);
    let provider = PayPalConfig::new(base_url, id?, secret?, webhook?, CertificateSource::PayPal);
    Some(PayPalPayments { provider, pay_origins })
}

fn check_secret(name: &str, value: Option<&SecretString>, mistakes: &mut Vec<String>) {
    match value {
        None => mistakes.push(format!(
            "{name} (or {name}_FILE) is missing, and [paypal] is there; it stands in the dashboard of PayPal"
        )),
        Some(value) if is_of_the_sandbox(value) => {
            mistakes.push(format!("{name} is that of the sandbox: anybody could pay with it for nothing"));
        }
        Some(_) => {}
    }
}
