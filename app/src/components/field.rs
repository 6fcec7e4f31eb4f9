//! A form field: label above, help and mistake below. What is wrong is asked of the same parsers that the server uses,
//! after leaving a field that was edited, never while typing; a mistake leaves the moment the field is right.

use crate::components::icon::Icon;
use crate::text;
use leptos::ev::Targeted;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::web_sys::{Event, FocusEvent, HtmlInputElement};
use shop_core::checkout::{Field, FieldError, Mistake, TypedDetails};

/// Longer than a finger or a button takes.
const AFTER_THE_PRESS: std::time::Duration = std::time::Duration::from_millis(300);

/// What there is to look at again in a form. `Copy`; every field of the form shares one.
#[derive(Debug, Clone, Copy)]
pub struct Mistakes {
    errors: RwSignal<Vec<FieldError>>,
    country: RwSignal<String>,
}

impl Mistakes {
    /// Starts with what the server found in the form as it was sent.
    pub fn new(errors: Vec<FieldError>) -> Self {
        Self { errors: RwSignal::new(errors), country: RwSignal::new(String::new()) }
    }

    /// What is wrong with that field now.
    pub fn of(self, field: Field) -> Option<Mistake> {
        self.errors.with(|errors| errors.iter().find(|error| error.field == field).map(|error| error.mistake))
    }

    /// Tells which country the postal code belongs to: `NL` or `BE`.
    pub fn set_country(self, code: String) {
        self.country.set(code);
    }

    /// The country of the postal code: `NL`, `BE`, or empty for the Netherlands.
    pub fn country(self) -> String {
        // A field may be judged a moment after its form is gone.
        self.country.try_get_untracked().unwrap_or_default()
    }

    /// Looks at a field that was edited and left. An empty one is left alone until the form is sent.
    pub fn left(self, field: Field, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let mistake = mistake_in(field, text, &self.country());
        self.errors.update(|errors| {
            errors.retain(|error| error.field != field);
            errors.extend(mistake.map(|mistake| FieldError { field, mistake }));
        });
    }

    /// Takes the mistake of a choice away: whatever was chosen is offered.
    pub fn chosen(self, field: Field) {
        self.errors.update(|errors| errors.retain(|error| error.field != field));
    }

    /// Takes the mistake away when the field has become right.
    pub fn forgive(self, field: Field, text: &str) {
        let shown = self.errors.with_untracked(|errors| errors.iter().any(|error| error.field == field));
        if shown && !text.trim().is_empty() && mistake_in(field, text, &self.country()).is_none() {
            self.errors.update(|errors| errors.retain(|error| error.field != field));
        }
    }
}

/// What core says about one field on its own.
fn mistake_in(field: Field, text: &str, country: &str) -> Option<Mistake> {
    let mut form = TypedDetails { country: country.to_owned(), ..TypedDetails::default() };
    match field {
        Field::Email => &mut form.email,
        Field::GivenName => &mut form.given_name,
        Field::FamilyName => &mut form.family_name,
        Field::PostalCode => &mut form.postal_code,
        Field::House => &mut form.house,
        Field::Street => &mut form.street,
        Field::City => &mut form.city,
        Field::Phone => &mut form.phone,
        // Judged by the server only.
        Field::Country | Field::Method | Field::Code | Field::Message => return None,
    }
    .push_str(text);
    form.understand().err()?.into_iter().find(|error| error.field == field).map(|error| error.mistake)
}

/// The id of the sentence about what is wrong with a field.
pub fn mistake_id(field: Field) -> String {
    format!("{}-fout", field.name())
}

/// The sentence about what is wrong with a field, as long as something is.
#[component]
pub fn FieldMistake(field: Field, mistakes: Mistakes) -> impl IntoView {
    move || {
        mistakes.of(field).map(|mistake| {
            view! {
                <p class="fout" id=mistake_id(field)>
                    <Icon name="circle-alert" small=true />
                    <span>{text::mistake(field, mistake)}</span>
                </p>
            }
        })
    }
}

/// One line of text.
#[component]
pub fn TextField(
    /// Which field: gives id, name and the rules.
    field: Field,
    /// Stands above it. Optional fields say so here: `Telefoon (mag leeg blijven)`.
    label: &'static str,
    /// As typed before.
    value: String,
    /// The mistakes of the form.
    mistakes: Mistakes,
    /// Token of the HTML list, with its section: `shipping postal-code`.
    autocomplete: &'static str,
    /// `text`, `email` or `tel`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Keyboard of a phone.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// Columns it takes: `k3`, `k2 m3`.
    #[prop(optional)]
    width: &'static str,
    /// Stands below it.
    #[prop(optional)]
    help: Option<&'static str>,
    /// Name in the form, when it is not the field's own.
    #[prop(optional)]
    name: Option<&'static str>,
    /// To read and fill it from outside.
    #[prop(optional)]
    node_ref: NodeRef<Input>,
    /// Called after it was edited and left.
    #[prop(optional, into)]
    on_left: Option<Callback<()>>,
) -> impl IntoView {
    let id = field.name();
    let help_id = format!("{id}-hulp");
    let describes = help.map(|_| help_id.clone());
    let described_by = move || match (mistakes.of(field), &describes) {
        (Some(_), Some(help)) => Some(format!("{} {help}", mistake_id(field))),
        (Some(_), None) => Some(mistake_id(field)),
        (None, help) => help.clone(),
    };
    let edited = StoredValue::new(false);
    let input = move |event: Targeted<Event, HtmlInputElement>| {
        edited.set_value(true);
        mistakes.forgive(field, &event.target().value());
    };
    let blur = move |event: Targeted<FocusEvent, HtmlInputElement>| {
        if edited.get_value() {
            edited.set_value(false);
            let value = event.target().value();
            // A message that appears while the button below is being pressed would move it from under the finger.
            let _ = set_timeout(move || mistakes.left(field, &value), AFTER_THE_PRESS);
            if let Some(on_left) = on_left {
                on_left.run(());
            }
        }
    };
    // Capitals and spelling help nobody in an address, a number or a code.
    let plain = kind != "text" || inputmode.is_some() || field == Field::PostalCode || field == Field::House;
    view! {
        <div class=format!("veld {width}")>
            <label for=id>{label}</label>
            <input
                class="in"
                id=id
                name=name.unwrap_or(id)
                type=kind
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                autocapitalize=plain.then_some("none")
                spellcheck=plain.then_some("false")
                aria-invalid=move || mistakes.of(field).map(|_| "true")
                aria-describedby=described_by
                node_ref=node_ref
                on:input:target=input
                on:blur:target=blur
            />
            <FieldMistake field mistakes />
            {help.map(|help| view! { <p class="hulp" id=help_id>{help}</p> })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_on_its_own_is_judged_by_the_rules_of_the_whole_form() {
        assert_eq!(mistake_in(Field::Email, "marieke@voorbeeld", ""), Some(Mistake::EmailDomain));
        assert_eq!(mistake_in(Field::Email, " marieke@voorbeeld.nl ", ""), None);
        assert_eq!(mistake_in(Field::PostalCode, "7603ne", "NL"), None);
        assert_eq!(mistake_in(Field::PostalCode, "7603ne", "BE"), Some(Mistake::PostalCodeBe));
        assert_eq!(mistake_in(Field::PostalCode, "7603 NE 16", "NL"), None);
        assert_eq!(mistake_in(Field::House, "bis", "NL"), Some(Mistake::HouseNumber));
    }
}
