//! The words around the newsletter (promise S2). Each step is a plain form; the links in mails only show a button, because mail programs
//! open links by themselves. No page says whether an address is on the list.

use crate::api::newsletter::{AskForNewsletter, ConfirmNewsletter, LeaveNewsletter};
use crate::components::error_summary::ErrorSummary;
use crate::routes;
use crate::text;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use shop_core::checkout::{Field, FieldError, Mistake};
use shop_core::newsletter::{CONSENT, TypedSignUp};

fn sheet(title: &str, inside: AnyView) -> AnyView {
    view! {
        <div class="stack stack--l max-midden">
            <h1 tabindex="-1">{title.to_owned()}</h1>
            {inside}
        </div>
    }
    .into_any()
}

fn mistake_of(errors: &[FieldError], field: Field) -> Option<Mistake> {
    errors.iter().find(|error| error.field == field).map(|error| error.mistake)
}

fn wrong(field: Field, mistake: Option<Mistake>) -> AnyView {
    mistake
        .map(|mistake| {
            view! {
                <p class="fout" id=[field.name(), "-fout"].concat()>
                    {text::mistake(field, mistake)}
                </p>
            }
        })
        .into_any()
}

fn line(
    field: Field,
    label: &'static str,
    kind: &'static str,
    complete: &'static str,
    value: &str,
    errors: &[FieldError],
) -> AnyView {
    let mistake = mistake_of(errors, field);
    view! {
        <div class="veld">
            <label for=field.name()>{label}</label>
            <input
                class="in"
                id=field.name()
                name=field.name()
                type=kind
                autocomplete=complete
                autocapitalize=(kind == "email").then_some("none")
                spellcheck="false"
                value=value.to_owned()
                aria-invalid=mistake.map(|_| "true")
                aria-describedby=mistake.map(|_| [field.name(), "-fout"].concat())
            />
            {wrong(field, mistake)}
        </div>
    }
    .into_any()
}

/// The form. The box is never ticked in advance, also not after a mistake.
pub fn ask(typed: &TypedSignUp, errors: &[FieldError]) -> AnyView {
    let box_mistake = mistake_of(errors, Field::Newsletter);
    let inside = view! {
        <p class="groot">"Af en toe een mail, met wat nieuw is en wat bijna op is. Hooguit één per week."</p>
        <form method="post" action=AskForNewsletter::PATH class="stack" novalidate>
            <ErrorSummary errors=errors.to_vec() />
            {line(Field::Email, "E-mailadres", "email", "email", &typed.email, errors)}
            {line(Field::GivenName, "Voornaam (mag leeg blijven)", "text", "given-name", &typed.first_name, errors)}
            <div>
                <label class="keus">
                    <input
                        type="checkbox"
                        id=Field::Newsletter.name()
                        name=Field::Newsletter.name()
                        value="ja"
                        aria-invalid=box_mistake.map(|_| "true")
                        aria-describedby=box_mistake.map(|_| "newsletter-fout")
                    />
                    <span>{CONSENT.words}</span>
                </label>
                {wrong(Field::Newsletter, box_mistake)}
            </div>
            <div>
                <button class="btn">"Schrijf me in"</button>
            </div>
            <p class="klein grijs">
                {text::NEWSLETTER_TERMS} " " <a href=routes::PRIVACY rel="external">"Privacy"</a>
            </p>
        </form>
        <p>
            "Krijg je hem al en wil je ervan af? " <a class="link" href=routes::NEWSLETTER_LEAVE rel="external">
                "Afmelden"
            </a>
        </p>
    };
    sheet("Post uit Almelo", inside.into_any())
}

/// The answer to every form that was understood.
pub fn sent() -> AnyView {
    let inside = view! {
        <p class="groot">"Bijna klaar: tik op de knop in de mail die we net stuurden. Pas dan sta je op de lijst."</p>
        <p>
            "Sta je al op de lijst, of vroeg je het pas nog, dan krijg je niet nog een mail. Niets ontvangen? Kijk ook bij ongewenste mail."
        </p>
        {on()}
    };
    sheet("Kijk in je mail", inside.into_any())
}

/// The link of the first mail was followed.
pub fn confirm(key: &str) -> AnyView {
    let inside = view! {
        <p class="groot">"Druk op de knop en je staat op de lijst. Doe je niets, dan wissen we je adres vanzelf."</p>
        <form method="post" action=ConfirmNewsletter::PATH class="stack">
            <input type="hidden" name="key" value=key.to_owned() />
            <div>
                <button class="btn">"Ja, stuur mij de nieuwsbrief"</button>
            </div>
            <p class="klein grijs">{text::NEWSLETTER_TERMS}</p>
        </form>
    };
    sheet("Wil je onze nieuwsbrief?", inside.into_any())
}

/// It was confirmed.
pub fn confirmed() -> AnyView {
    let inside = view! {
        <p class="groot">"Je krijgt de volgende brief. Tot die tijd laten we je met rust."</p>
        <p>"Toch niet? In elke brief staat een link om je af te melden."</p>
        {on()}
    };
    sheet("Je staat op de lijst", inside.into_any())
}

/// The link was used, has had its time, or was never ours. It says the same about each.
pub fn over() -> AnyView {
    let inside = view! {
        <p class="groot">
            "Een link werkt 72 uur en één keer. Misschien is hij al gebruikt, is de tijd om, of is hij niet helemaal meegekomen."
        </p>
        <p>"Had je al op de knop gedrukt, dan hoef je niets te doen. Anders vraag je de nieuwsbrief gewoon opnieuw aan."</p>
        <p>
            <a class="btn btn--rustig" href=routes::NEWSLETTER rel="external">
                "Vraag de nieuwsbrief aan"
            </a>
        </p>
    };
    sheet("Deze link werkt niet meer", inside.into_any())
}

/// The link of a letter was followed.
pub fn leave(key: &str) -> AnyView {
    let inside = view! {
        <p class="groot">"Na één druk op de knop krijg je geen brieven meer, en wissen we je adres en je voornaam."</p>
        <form method="post" action=LeaveNewsletter::PATH>
            <input type="hidden" name="key" value=key.to_owned() />
            <button class="btn">"Meld me af"</button>
        </form>
    };
    sheet("Wil je je afmelden?", inside.into_any())
}

/// She left, or was off already.
pub fn gone() -> AnyView {
    let inside = view! {
        <p class="groot">"Je krijgt geen brieven meer. Je adres en voornaam zijn van de lijst gewist."</p>
        <p>
            "We bewaren alleen een kenmerk dat jouw nee onthoudt, zonder je adres. Mails over een bestelling blijven komen."
        </p>
        {on()}
    };
    sheet("Je bent afgemeld", inside.into_any())
}

/// Without the link of a letter.
pub fn leave_without_key(email: &str) -> AnyView {
    let inside = view! {
        <p class="groot">"Gebruik de link onderaan een van onze brieven; dan weten we wie je bent zonder dat je iets intypt."</p>
        <p>
            "Heb je geen brief meer? Mail dan vanaf het adres dat we moeten wissen naar "
            <a class="link" href=["mailto:", email, "?subject=Afmelden"].concat()>
                {email.to_owned()}
            </a> ". Of log in: in je account staat een knop."
        </p>
        <p>
            <a class="btn btn--rustig" href=routes::ACCOUNT rel="external">
                "Naar je account"
            </a>
        </p>
    };
    sheet("Afmelden voor de nieuwsbrief", inside.into_any())
}

fn on() -> AnyView {
    view! {
        <p>
            <a class="btn btn--rustig" href=routes::collection("")>
                "Verder kijken"
            </a>
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A view lives in an owner, as it does while a page is rendered.
    fn html(view: impl FnOnce() -> AnyView) -> String {
        Owner::new().with(|| view().to_html())
    }

    #[test]
    fn every_step_has_one_heading() {
        let steps = [
            html(|| ask(&TypedSignUp::default(), &[])),
            html(sent),
            html(|| confirm("k")),
            html(confirmed),
            html(over),
            html(|| leave("k")),
            html(gone),
            html(|| leave_without_key("info@allgems.nl")),
        ];

        for step in steps {
            assert_eq!(step.matches("<h1").count(), 1, "{step}");
        }
    }

    #[test]
    fn the_box_is_never_ticked_in_advance() {
        let typed = TypedSignUp { email: "\"><b>eva".to_owned(), first_name: "Eva".to_owned(), agrees: true };
        let errors = [FieldError { field: Field::Newsletter, mistake: Mistake::Missing }];

        let html = html(|| ask(&typed, &errors));

        assert!(!html.contains(" checked") && !html.contains("\"><b>eva"), "{html}");
        assert!(html.contains("16 jaar of ouder") && html.contains(r#"id="newsletter-fout""#), "{html}");
    }

    #[test]
    fn a_link_changes_something_only_by_a_button() {
        for (step, action) in [(html(|| confirm("abc")), "confirm"), (html(|| leave("abc")), "leave")] {
            assert!(step.contains(&format!(r#"action="/api/newsletter/{action}""#)), "{step}");
            assert!(step.contains(r#"method="post""#) && step.contains(r#"value="abc""#), "{step}");
            assert!(!step.contains(r#"href="/api"#), "{step}");
        }
    }
}
