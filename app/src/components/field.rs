//! A form field: label above, help and mistake below, as the server makes it. What is wrong after it was edited, `behaviour::fields` says.

use crate::components::icon::Icon;
use crate::text;
use leptos::prelude::*;
use shop_core::checkout::{Field, FieldError, Mistake};

pub use crate::behaviour::fields::mistake_id;

/// What there is to look at again in a form. `Copy`; every field of the form gets it.
#[derive(Debug, Clone, Copy)]
pub struct Mistakes([Option<FieldError>; 12]);

impl Mistakes {
    /// What the server found in the form as it was sent; the first about each field counts.
    pub fn new(errors: &[FieldError]) -> Self {
        let mut known = [None; 12];
        for (place, error) in known.iter_mut().zip(errors) {
            *place = Some(*error);
        }
        Self(known)
    }

    /// What is wrong with that field.
    pub fn of(self, field: Field) -> Option<Mistake> {
        self.0.into_iter().flatten().find(|error| error.field == field).map(|error| error.mistake)
    }
}

/// The sentence about what is wrong with a field, when something is.
#[component]
pub fn FieldMistake(field: Field, mistakes: Mistakes) -> impl IntoView {
    mistakes.of(field).map(|mistake| {
        view! {
            <p class="fout" id=mistake_id(field)>
                <Icon name="circle-alert" small=true />
                <span>{text::mistake(field, mistake)}</span>
            </p>
        }
    })
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
) -> impl IntoView {
    let id = field.name();
    let help_id = format!("{id}-hulp");
    let describes = help.map(|_| help_id.clone());
    let described_by = match (mistakes.of(field), describes) {
        (Some(_), Some(help)) => Some(format!("{} {help}", mistake_id(field))),
        (Some(_), None) => Some(mistake_id(field)),
        (None, help) => help,
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
                data-regel
                aria-invalid=mistakes.of(field).map(|_| "true")
                aria-describedby=described_by
            />
            <FieldMistake field mistakes />
            {help.map(|help| view! { <p class="hulp" id=help_id>{help}</p> })}
        </div>
    }
}
