//! `shop.toml` as the owner writes it. What it means is decided in `check`.

use super::Purpose;
use super::environment::Environment;
use crate::mail::Encryption;
use serde::Deserialize;
use std::path::PathBuf;

/// The file. Keys that it does not know are mistakes: a misspelt key would otherwise be ignored in silence.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ShopFile {
    pub public_url: Option<String>,
    pub terms_version: Option<String>,
    pub privacy_version: Option<String>,
    /// Overrides parts of the identity.
    pub shop: toml::Table,
    pub shipping: Option<ShippingFile>,
    pub bank: Option<BankFile>,
    pub omnikassa: Option<OmniKassaFile>,
    pub paypal: Option<PayPalFile>,
    pub klarna: Option<KlarnaFile>,
    pub payment: PaymentFile,
    pub analytics: Option<AnalyticsFile>,
    pub trusted_shops: Option<TrustedShopsFile>,
    pub smtp: Option<SmtpFile>,
    pub newsletter: NewsletterFile,
    pub pictures: PicturesFile,
    pub pages: PagesFile,
    pub limits: LimitsFile,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShippingFile {
    pub cutoff_hour: Option<u8>,
    pub return_cost: Option<String>,
    #[serde(default)]
    pub rate: Vec<RateFile>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RateFile {
    pub country: String,
    pub cost: String,
    pub free_from: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BankFile {
    pub holder: String,
    pub iban: String,
    pub transfer_days: Option<i64>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OmniKassaFile {
    pub base_url: String,
    pub pay_origins: Option<Vec<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PayPalFile {
    pub base_url: Option<String>,
    pub pay_origins: Option<Vec<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KlarnaFile {
    pub base_url: String,
    pub pay_origins: Option<Vec<String>>,
    pub least: Option<String>,
    pub most: Option<String>,
    pub invoice_days: Option<u32>,
}

/// What the shop itself decides about paying, beside its providers.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PaymentFile {
    pub invoice: OwnInvoiceFile,
}

/// The shop's own invoice. It has no key for a fee, interest or a third party: with one of those it would be credit (legal.md BN1).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct OwnInvoiceFile {
    pub limit: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnalyticsFile {
    pub measurement_id: String,
    pub script_origin: Option<String>,
    pub origins: Option<Vec<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TrustedShopsFile {
    pub shop_id: String,
    pub script_origin: Option<String>,
    pub origins: Option<Vec<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SmtpFile {
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    pub username: Option<String>,
    pub from_name: Option<String>,
    pub from: Option<String>,
    pub reply_to: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NewsletterFile {
    pub per_minute: Option<u32>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PicturesFile {
    pub avif: bool,
}

impl Default for PicturesFile {
    fn default() -> Self {
        Self { avif: true }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PagesFile {
    pub keep: bool,
}

impl Default for PagesFile {
    fn default() -> Self {
        Self { keep: true }
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LimitsFile {
    pub forms_per_minute: Option<u32>,
    pub sign_ins_per_ten_minutes: Option<u32>,
    pub notices_per_minute: Option<u32>,
    pub behind_proxy: bool,
}

impl ShopFile {
    /// Reads the file that `SHOP_SETTINGS` names, or `shop.toml` in this folder. A real shop must have one; the demo looks only
    /// at a file that was named, because a `shop.toml` lying there is that of a real shop.
    pub(super) fn read(purpose: Purpose, environment: &Environment, mistakes: &mut Vec<String>) -> Self {
        let named = environment.path("SHOP_SETTINGS");
        if named.is_none() && purpose == Purpose::Demo {
            return Self::default();
        }
        let is_named = named.is_some();
        let path = named.unwrap_or_else(|| PathBuf::from("shop.toml"));
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if is_named || purpose == Purpose::Serve => {
                mistakes.push(format!(
                    "the settings file {} cannot be read ({}); SHOP_SETTINGS names another one, shop.example.toml shows what stands in it",
                    path.display(),
                    error.kind()
                ));
                return Self::default();
            }
            Err(_) => return Self::default(),
        };
        toml::from_str(&text).unwrap_or_else(|error| {
            mistakes.push(format!("{}: {}", path.display(), error.to_string().trim()));
            Self::default()
        })
    }
}
