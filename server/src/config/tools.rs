//! The `[analytics]` and `[trusted_shops]` sections: without them nothing of those companies is in the shop, and nothing is asked.

use super::Purpose;
use super::check::{is_this_machine, origins};
use super::file::{AnalyticsFile, TrustedShopsFile};
use shop_app::measure::{Tool, Tools};

const ANALYTICS: &str = "https://www.googletagmanager.com";
/// Where its script sends what it counted (providers.md 8.1).
const ANALYTICS_ORIGINS: [&str; 2] = ["https://*.google-analytics.com", "https://*.analytics.google.com"];
const TRUSTED_SHOPS: &str = "https://widgets.trustedshops.com";
/// What the badge asks after it was loaded.
const TRUSTED_SHOPS_ORIGINS: [&str; 2] = ["https://*.trustedshops.com", "https://*.etrusted.com"];

/// The tools that the owner set up.
pub(super) fn tools(
    purpose: Purpose,
    analytics: Option<AnalyticsFile>,
    trusted_shops: Option<TrustedShopsFile>,
    mistakes: &mut Vec<String>,
) -> Tools {
    let statistics = analytics.map(|file| {
        let id = file.measurement_id;
        if !is_measurement_id(&id) {
            mistakes.push(format!("analytics.measurement_id: {id:?} is not one, such as \"G-AB12CD34EF\""));
        }
        let from = file.script_origin.unwrap_or_else(|| ANALYTICS.to_owned());
        let speaks_to = file.origins.unwrap_or_else(|| ANALYTICS_ORIGINS.map(str::to_owned).to_vec());
        check("analytics", purpose, &from, &speaks_to, mistakes);
        analytics_tool(id, &from, speaks_to)
    });
    let reviews = trusted_shops.map(|file| {
        let id = file.shop_id;
        if !is_shop_id(&id) {
            mistakes.push(format!("trusted_shops.shop_id: {id:?} is not one; it is an X and 32 letters and digits"));
        }
        let from = file.script_origin.unwrap_or_else(|| TRUSTED_SHOPS.to_owned());
        let speaks_to = file.origins.unwrap_or_else(|| TRUSTED_SHOPS_ORIGINS.map(str::to_owned).to_vec());
        check("trusted_shops", purpose, &from, &speaks_to, mistakes);
        badge_tool(id, &from, speaks_to)
    });
    Tools { statistics, reviews }
}

/// The same tools with their scripts on another server: the sandbox of the demo.
#[cfg(feature = "demo")]
pub(crate) fn moved_to(tools: &Tools, origin: &str) -> Tools {
    Tools {
        statistics: tools.statistics.clone().map(|tool| analytics_tool(tool.id, origin, Vec::new())),
        reviews: tools.reviews.clone().map(|tool| badge_tool(tool.id, origin, Vec::new())),
    }
}

fn analytics_tool(id: String, from: &str, speaks_to: Vec<String>) -> Tool {
    Tool { script: format!("{from}/gtag/js?id={id}"), origins: with(from, speaks_to), id }
}

fn badge_tool(id: String, from: &str, speaks_to: Vec<String>) -> Tool {
    Tool { script: format!("{from}/js/{id}.js"), origins: with(from, speaks_to), id }
}

fn with(from: &str, mut others: Vec<String>) -> Vec<String> {
    others.insert(0, from.to_owned());
    others
}

fn is_measurement_id(id: &str) -> bool {
    let digits = id.strip_prefix("G-").unwrap_or("");
    (4..=20).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn is_shop_id(id: &str) -> bool {
    id.strip_prefix('X').is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// An origin may begin with `*.`, as browsers read it in a policy; nothing else of it may be a pattern.
fn check(section: &str, purpose: Purpose, from: &str, others: &[String], mistakes: &mut Vec<String>) {
    origins(&format!("{section}.script_origin"), &[from.to_owned()], mistakes);
    let plain: Vec<String> = others.iter().map(|origin| origin.replacen("://*.", "://", 1)).collect();
    origins(&format!("{section}.origins"), &plain, mistakes);
    let host = from.strip_prefix("https://").unwrap_or(from);
    if purpose == Purpose::Serve && is_this_machine(host.split(':').next().unwrap_or(host)) {
        mistakes.push(format!("{section}.script_origin is on this machine; the sandbox is only for the demo"));
    }
}
