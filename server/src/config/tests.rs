use super::*;
use secrecy::ExposeSecret;
use std::io::Write;
use tempfile::TempDir;

const SHOP: &str = r#"
public_url = "https://www.allgems.nl"
[shop]
phone = "+31 (0)546 000000"
[shipping]
cutoff_hour = 15
[[shipping.rate]]
country = "NL"
cost = "5,45"
free_from = "80"
[bank]
holder = "All Gems"
iban = "NL91 ABNA 0417 1643 00"
[omnikassa]
base_url = "https://api.pay.rabobank.nl"
[smtp]
host = "mail.example.nl"
port = 465
encryption = "tls"
"#;
const SECRET: &str = "0123456789abcdef0123456789abcdef";

fn settings(text: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.toml");
    std::fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

fn serve(text: &str) -> Result<Config, ConfigError> {
    let (_folder, path) = settings(text);
    let environment = Environment::of([
        ("SHOP_SETTINGS", path.as_str()),
        ("SHOP_SECRET", SECRET),
        ("OMNIKASSA_REFRESH_TOKEN", "token"),
        ("OMNIKASSA_SIGNING_KEY", "a2V5"),
    ]);
    Config::read(Purpose::Serve, &environment)
}

const KLARNA: &str = r#"
[klarna]
base_url = "https://api.klarna.com"
most = "500"
"#;

fn serve_with_klarna(text: &str, username: &str, password: &str) -> Result<Config, ConfigError> {
    let (_folder, path) = settings(&format!("{SHOP}{text}"));
    let environment = Environment::of([
        ("SHOP_SETTINGS", path.as_str()),
        ("SHOP_SECRET", SECRET),
        ("OMNIKASSA_REFRESH_TOKEN", "token"),
        ("OMNIKASSA_SIGNING_KEY", "a2V5"),
        ("KLARNA_USERNAME", username),
        ("KLARNA_PASSWORD", password),
    ]);
    Config::read(Purpose::Serve, &environment)
}

#[test]
fn paying_afterwards_is_offered_only_when_the_owner_set_it_up() {
    let without = serve(SHOP).unwrap();
    let with = serve_with_klarna(KLARNA, "PK12345", "klarna_live_api_secret").unwrap().invoices.unwrap();

    assert!(without.invoices.is_none());
    assert_eq!((with.limits.least.in_cents(), with.limits.most.in_cents()), (100, 50_000));
    assert_eq!((with.provider.invoice_days, with.pay_origins[0].as_str()), (14, "https://pay.klarna.com"));
    assert!(!format!("{:?}", with.provider).contains("secret"));
}

#[test]
fn each_mistake_about_klarna_names_its_key() {
    let found = |change: (&str, &str), username: &str| {
        let text = KLARNA.replace(change.0, change.1);
        serve_with_klarna(&text, username, "klarna_live_api_secret").err().map(|error| error.0).unwrap_or_default()
    };
    let same = ("most", "most");
    let cases = [
        (found(("https://api.klarna.com", "http://127.0.0.1:3080"), "PK12345"), "klarna.base_url"),
        (found(("500", "gratis"), "PK12345"), "klarna.most"),
        (found(("500", "0,50"), "PK12345"), "klarna.least"),
        (found(("most = \"500\"", "invoice_days = 90"), "PK12345"), "klarna.invoice_days"),
        (found(("most = \"500\"", "pay_origins = [\"pay.klarna.com\"]"), "PK12345"), "klarna.pay_origins"),
        (found(same, ""), "KLARNA_USERNAME"),
        (found(same, shop_sandbox::klarna::DEMO_USERNAME), "KLARNA_USERNAME"),
    ];

    for (found, key) in cases {
        assert!(found.iter().any(|mistake| mistake.starts_with(key)), "{key}: {found:?}");
    }
}

#[test]
fn up_to_150_euro_nothing_is_paid_in_advance_unless_the_owner_says_otherwise() {
    let limit = |text: &str| serve(&format!("{SHOP}{text}")).unwrap().own_invoice.limit.in_cents();

    assert_eq!(limit(""), 15_000);
    assert_eq!(limit("[payment.invoice]\nlimit = \"75,50\""), 7_550);
    assert_eq!(limit("[payment.invoice]\nlimit = \"0\""), 0);
}

#[test]
fn each_mistake_about_the_own_invoice_names_its_key() {
    let cases = [
        ("limit = \"veel\"", "payment.invoice.limit"),
        ("limit = \"-1\"", "payment.invoice.limit"),
        ("limit = \"150000\"", "payment.invoice.limit"),
        ("fee = \"5\"", "fee"),
        ("days = 60", "days"),
        ("factoring = true", "factoring"),
    ];

    for (line, key) in cases {
        let found = mistakes(&format!("{SHOP}[payment.invoice]\n{line}\n"));
        assert!(found.iter().any(|mistake| mistake.contains(key)), "{key}: {found:?}");
    }
}

fn mistakes(text: &str) -> Vec<String> {
    serve(text).err().map(|error| error.0).unwrap_or_default()
}

#[test]
fn a_whole_file_is_understood() {
    let config = serve(SHOP).unwrap();

    assert_eq!(config.public_url, "https://www.allgems.nl");
    assert_eq!(config.identity.phone, "+31 (0)546 000000");
    assert_eq!(config.identity.city, "Almelo");
    assert_eq!(config.shipping.cutoff_hour, 15);
    assert_eq!(config.shipping.rates.len(), 1);
    assert_eq!(config.shipping.rates[0].cost.in_cents(), 545);
    assert_eq!(config.database.expose_secret(), "sqlite:data/shop.db");
    assert_eq!(config.smtp.unwrap().from, "info@allgems.nl");
    assert_eq!(config.limits.forms_per_minute, 60);
    assert!(!config.demo);
}

#[test]
fn a_shop_does_not_start_with_the_sandbox_or_without_encryption() {
    let local = mistakes(&SHOP.replace("https://api.pay.rabobank.nl", "http://127.0.0.1:3080"));
    let plain = mistakes(&SHOP.replace("https://www.allgems.nl", "http://www.allgems.nl"));
    let mail = mistakes(&SHOP.replace("mail.example.nl", "localhost").replace("465", "3025"));
    let bank = mistakes(&SHOP.replace("NL91 ABNA 0417 1643 00", "NL02 ABNA 0123 4567 89"));

    for (found, key) in [(local, "omnikassa.base_url"), (plain, "public_url"), (mail, "smtp.host"), (bank, "bank.iban")]
    {
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with(key), "{found:?}");
    }
}

#[test]
fn every_mistake_is_named_at_once() {
    let found = mistakes("[bank]\nholder = \"\"\niban = \"NL00\"\n[shop]\nemial = \"x\"\n");

    for key in ["public_url", "bank.iban", "bank.holder", "[shop]", "[omnikassa]", "[smtp]"] {
        assert!(found.iter().any(|mistake| mistake.starts_with(key)), "{key}: {found:?}");
    }
}

#[test]
fn a_misspelt_key_is_a_mistake() {
    let found = mistakes(&format!("publik_url = \"x\"\n{SHOP}"));

    assert!(found.iter().any(|mistake| mistake.contains("publik_url")), "{found:?}");
}

#[test]
fn a_shop_does_not_start_without_its_secrets() {
    let (_folder, path) = settings(SHOP);
    let error =
        Config::read(Purpose::Serve, &Environment::of([("SHOP_SETTINGS", path.as_str()), ("SHOP_SECRET", "short")]))
            .err()
            .unwrap();

    for name in ["SHOP_SECRET", "OMNIKASSA_REFRESH_TOKEN", "OMNIKASSA_SIGNING_KEY"] {
        assert!(error.0.iter().any(|mistake| mistake.starts_with(name)), "{name}: {error}");
    }
    assert!(!error.to_string().contains("short"));
}

#[test]
fn a_secret_may_stand_in_a_file() {
    let (folder, path) = settings(SHOP);
    let secret = folder.path().join("secret");
    std::fs::write(&secret, format!("{SECRET}\n")).unwrap();
    let environment =
        Environment::of([("SHOP_SETTINGS", path.as_str()), ("SHOP_SECRET_FILE", secret.to_str().unwrap())]);

    let config = Config::read(Purpose::Tools, &environment).unwrap();

    assert_eq!(config.secret.expose_secret(), SECRET);
}

#[test]
fn the_demo_needs_nothing() {
    let config =
        Config::read(Purpose::Demo, &Environment::of([("SHOP_ADDR", "127.0.0.1:4000"), ("SHOP_DATA", "/nowhere")]))
            .unwrap();

    assert_eq!(config.public_url, "http://127.0.0.1:4000");
    assert!(config.demo && config.payments.is_none() && config.smtp.is_none());
    assert!(config.limits.forms_per_minute > 10_000);
}

/// A real shop with PayPal, and these variables more.
fn with_paypal<const N: usize>(section: &str, more: [(&str, &str); N]) -> Result<Config, ConfigError> {
    let (_folder, path) = settings(&format!("{SHOP}{section}"));
    let mut environment = Environment::of([
        ("SHOP_SETTINGS", path.as_str()),
        ("SHOP_SECRET", SECRET),
        ("OMNIKASSA_REFRESH_TOKEN", "token"),
        ("OMNIKASSA_SIGNING_KEY", "a2V5"),
    ]);
    environment.extend(Environment::of(more));
    Config::read(Purpose::Serve, &environment)
}

#[test]
fn paypal_is_offered_when_its_section_and_its_secrets_are_there() {
    let secrets = [("PAYPAL_CLIENT_ID", "id"), ("PAYPAL_CLIENT_SECRET", "secret"), ("PAYPAL_WEBHOOK_ID", "webhook")];

    let paypal = with_paypal("[paypal]\n", secrets).unwrap().paypal.unwrap();

    assert_eq!(paypal.provider.base_url, "https://api-m.paypal.com");
    assert_eq!(paypal.provider.certificates, crate::payment::CertificateSource::PayPal);
    assert_eq!(paypal.pay_origins, ["https://www.paypal.com"]);
    assert!(!format!("{:?}", paypal.provider).contains("secret\""));
    assert!(with_paypal("", secrets).unwrap().paypal.is_none());
}

#[test]
fn a_half_set_up_paypal_and_that_of_the_sandbox_are_mistakes() {
    let missing = with_paypal("[paypal]\n", []).err().unwrap().0;
    assert_eq!(missing.len(), 3, "{missing:?}");
    for name in ["PAYPAL_CLIENT_ID", "PAYPAL_CLIENT_SECRET", "PAYPAL_WEBHOOK_ID"] {
        assert!(missing.iter().any(|mistake| mistake.starts_with(name)), "{missing:?}");
    }

    let local = "[paypal]\nbase_url = \"http://127.0.0.1:3080\"\npay_origins = [\"http://127.0.0.1:3080\"]\n";
    let secrets = [
        ("PAYPAL_CLIENT_ID", "id"),
        ("PAYPAL_CLIENT_SECRET", "sandbox-client-secret-not-real"),
        ("PAYPAL_WEBHOOK_ID", "webhook"),
    ];
    let sandbox = with_paypal(local, secrets).err().unwrap().0;
    assert_eq!(sandbox.len(), 3, "{sandbox:?}");
    for key in ["PAYPAL_CLIENT_SECRET", "paypal.base_url", "paypal.pay_origins"] {
        assert!(sandbox.iter().any(|mistake| mistake.starts_with(key)), "{sandbox:?}");
    }
}

const TOOLS: &str = r#"
[analytics]
measurement_id = "G-AB12CD34EF"
[trusted_shops]
shop_id = "X0123456789ABCDEF0123456789ABCDEF"
"#;

#[test]
fn nothing_of_another_company_is_in_the_shop_unless_the_owner_set_it_up() {
    let without = serve(SHOP).unwrap().tools;
    let with = serve(&format!("{SHOP}{TOOLS}")).unwrap().tools;

    assert_eq!(without.purposes(), []);
    let (statistics, reviews) = (with.statistics.unwrap(), with.reviews.unwrap());
    assert_eq!(statistics.script, "https://www.googletagmanager.com/gtag/js?id=G-AB12CD34EF");
    assert_eq!(
        statistics.origins,
        ["https://www.googletagmanager.com", "https://*.google-analytics.com", "https://*.analytics.google.com"]
    );
    assert_eq!(reviews.script, "https://widgets.trustedshops.com/js/X0123456789ABCDEF0123456789ABCDEF.js");
}

#[test]
fn each_mistake_about_a_tool_names_its_key() {
    let found = |change: (&str, &str)| {
        let text = format!("{SHOP}{}", TOOLS.replacen(change.0, change.1, 1));
        serve(&text).err().map(|ConfigError(mistakes)| mistakes.join("\n")).unwrap_or_default()
    };

    assert!(found(("G-AB12CD34EF", "UA-12345-1")).contains("analytics.measurement_id: \"UA-12345-1\""));
    assert!(found(("X0123", "0123")).contains("trusted_shops.shop_id"));
    assert!(found(("[trusted_shops]", "origins = [\"https://*/\"]\n[trusted_shops]")).contains("analytics.origins"));
    assert!(
        found(("[trusted_shops]", "[trusted_shops]\nscript_origin = \"http://elders.example\""))
            .contains("trusted_shops.script_origin")
    );
    assert!(
        found(("[trusted_shops]", "script_origin = \"https://127.0.0.1:3080\"\n[trusted_shops]"))
            .contains("analytics.script_origin is on this machine")
    );
}
