//! The words around the mail about a size that is back (rule P2). Each step is a plain form; the link in the mail only shows a button,
//! because mail programs open links by themselves.

use crate::api::alert::{AskForAlert, ConfirmAlert, StopAlert};
use crate::components::error_summary::ErrorSummary;
use crate::routes;
use crate::text;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use shop_core::checkout::{Field, FieldError};

/// The size that is awaited.
#[derive(Debug, Clone)]
pub struct Size {
    /// Id of the variant.
    pub variant: String,
    /// Slug of the article.
    pub slug: String,
    /// Title of the article.
    pub title: String,
    /// As on the label.
    pub label: String,
}

impl Size {
    /// `Jurk Madelief, maat 98/104`.
    fn name(&self) -> String {
        [&self.title, ", maat ", &self.label].concat()
    }
}

fn sheet(title: &str, inside: AnyView) -> AnyView {
    view! {
        <div class="stack stack--l max-midden">
            <h1 tabindex="-1">{title.to_owned()}</h1>
            {inside}
        </div>
    }
    .into_any()
}

fn back(size: &Size) -> AnyView {
    view! {
        <p>
            <a class="link" href=routes::product(&size.slug)>
                {["Terug naar ", &size.title].concat()}
            </a>
        </p>
    }
    .into_any()
}

/// For the address.
pub fn ask(size: &Size, email: &str, errors: &[FieldError]) -> AnyView {
    let mistake = errors.iter().find(|error| error.field == Field::Email).map(|error| error.mistake);
    let wrong = mistake.map(|mistake| {
        view! {
            <p class="fout" id="email-fout">
                {text::mistake(Field::Email, mistake)}
            </p>
        }
    });
    let described = if mistake.is_some() { "email-fout email-hulp" } else { "email-hulp" };
    let gone = [&size.name(), " is op. Je krijgt één mail zodra hij er weer is. Daarna wissen we je adres."].concat();
    let inside = view! {
        <p class="groot">{gone}</p>
        <form method="post" action=AskForAlert::PATH class="stack" novalidate>
            <ErrorSummary errors=errors.to_vec() />
            <input type="hidden" name="variant" value=size.variant.clone() />
            <div class="veld">
                <label for="email">"E-mailadres"</label>
                <input
                    class="in"
                    id="email"
                    name="email"
                    type="email"
                    autocomplete="email"
                    autocapitalize="none"
                    spellcheck="false"
                    value=email.to_owned()
                    aria-invalid=mistake.map(|_| "true")
                    aria-describedby=described
                />
                {wrong}
                <p class="hulp" id="email-hulp">
                    {text::ALERT_TERMS}
                </p>
            </div>
            <div>
                <button class="btn">"Mail mij"</button>
            </div>
        </form>
        {back(size)}
    };
    sheet("Mail mij als hij er weer is", inside.into_any())
}

/// The first mail is on its way.
pub fn sent(size: &Size) -> AnyView {
    let name = size.name();
    let said = [
        "We stuurden je een mail over ",
        &name,
        ". Tik op de knop in die mail, dan weten we dat het adres van jou is.",
    ];
    let inside = view! {
        <p class="groot">{said.concat()}</p>
        <p>"Had je het al bevestigd, dan krijg je niet nog een mail. Niets ontvangen? Kijk ook bij ongewenste mail."</p>
        {back(size)}
    };
    sheet("Kijk in je mail", inside.into_any())
}

/// It came back meanwhile.
pub fn is_there(size: &Size) -> AnyView {
    let inside = view! {
        <p class="groot">{[&size.name(), " is er weer."].concat()}</p>
        <p>
            <a class="btn" href=routes::product(&size.slug)>
                "Bekijk het artikel"
            </a>
        </p>
    };
    sheet("Deze maat is er weer", inside.into_any())
}

/// The mailed link was followed.
pub fn confirm(size: &Size, key: &str) -> AnyView {
    let inside = view! {
        <p class="groot">{["Je krijgt één mail zodra ", &size.name(), " er weer is."].concat()}</p>
        <form method="post" action=ConfirmAlert::PATH class="stack">
            <input type="hidden" name="key" value=key.to_owned() />
            <div>
                <button class="btn">"Ja, mail mij"</button>
            </div>
            <p class="klein grijs">{text::ALERT_TERMS}</p>
        </form>
        {stop(key, "Nee, wis mijn adres")}
    };
    sheet("Mogen we je mailen?", inside.into_any())
}

/// It was confirmed.
pub fn waiting(size: &Size, key: &str) -> AnyView {
    let said = ["Zodra ", &size.name(), " er weer is, krijg je één mail. Daarna wissen we je adres."].concat();
    let inside = view! {
        <p class="groot">{said}</p>
        {stop(key, "Toch niet, wis mijn adres")}
        {back(size)}
    };
    sheet("Je hoort van ons", inside.into_any())
}

fn stop(key: &str, label: &'static str) -> AnyView {
    view! {
        <form method="post" action=StopAlert::PATH>
            <input type="hidden" name="key" value=key.to_owned() />
            <button class="btn btn--rustig">{label}</button>
        </form>
    }
    .into_any()
}

/// The link has had its time, or the address was erased.
pub fn over() -> AnyView {
    let inside = view! {
        <p class="groot">"De mail is verstuurd, de tijd om te bevestigen is om, of je adres is gewist. We bewaren het niet meer."</p>
        <p>
            <a class="btn btn--rustig" href=routes::collection("")>
                "Verder kijken"
            </a>
        </p>
    };
    sheet("Deze link werkt niet meer", inside.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;
    use shop_core::checkout::Mistake;

    fn size() -> Size {
        Size {
            variant: "1".to_owned(),
            slug: "jurk-madelief".to_owned(),
            title: "Jurk Madelief".to_owned(),
            label: "98/104".to_owned(),
        }
    }

    /// A view lives in an owner, as it does while a page is rendered.
    fn html(view: impl FnOnce() -> AnyView) -> String {
        Owner::new().with(|| view().to_html())
    }

    #[test]
    fn every_step_has_one_heading() {
        let steps = [
            html(|| ask(&size(), "", &[])),
            html(|| sent(&size())),
            html(|| is_there(&size())),
            html(|| confirm(&size(), "k")),
            html(|| waiting(&size(), "k")),
            html(over),
        ];

        for step in steps {
            assert_eq!(step.matches("<h1").count(), 1, "{step}");
        }
    }

    #[test]
    fn who_leaves_an_address_reads_that_it_is_erased() {
        for step in [html(|| ask(&size(), "", &[])), html(|| confirm(&size(), "k")), html(|| waiting(&size(), "k"))] {
            assert!(step.contains("wissen we"), "{step}");
        }
    }

    #[test]
    fn the_link_of_the_mail_changes_something_only_by_a_button() {
        let html = html(|| confirm(&size(), "abc"));

        assert!(html.contains(r#"action="/api/alert/confirm""#) && html.contains(r#"value="abc""#), "{html}");
        assert!(html.contains(r#"method="post""#) && !html.contains(r#"href="/api"#), "{html}");
    }

    #[test]
    fn what_was_typed_comes_back_as_text_with_its_mistake() {
        let errors = [FieldError { field: Field::Email, mistake: Mistake::EmailWithoutAt }];

        let html = html(|| ask(&size(), "\"><b>eva", &errors));

        assert!(!html.contains("\"><b>eva"), "{html}");
        assert!(html.contains("ontbreekt de @") && html.contains(r#"aria-invalid="true""#), "{html}");
    }
}
