//! What is wrong with a field is said after leaving it when it was edited, never while typing, and leaves the moment the field is
//! right (rule K9). Asked of the same parsers that the server uses.

use super::{address, around};
use crate::text;
use leptos::prelude::*;
use shop_core::checkout::{Field, Mistake, TypedDetails};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement};

/// Longer than a finger or a button takes.
const AFTER_THE_PRESS: Duration = Duration::from_millis(300);

/// Marks a field that was edited and not yet left.
const EDITED: &str = "data-gewijzigd";

/// The fields that can be judged or forgiven while typing.
const FIELDS: [Field; 13] = [
    Field::Email,
    Field::GivenName,
    Field::FamilyName,
    Field::PostalCode,
    Field::House,
    Field::Street,
    Field::City,
    Field::Phone,
    Field::Code,
    Field::Message,
    Field::Name,
    Field::ReplyTo,
    Field::Order,
];

/// The id of the sentence about what is wrong with a field.
pub fn mistake_id(field: Field) -> String {
    [field.name(), "-fout"].concat()
}

/// Something was typed.
pub fn typed(event: &Event) {
    let Some((field, element)) = field_of(event) else { return };
    mark(&element, EDITED, Some(""));
    match element.dyn_ref::<HtmlInputElement>() {
        Some(input) => {
            // An optional field that was emptied is right too.
            if mistake_in(field, &input.value(), &country()).is_none() {
                clear(field);
            }
        }
        // A message is judged by the server only.
        None => clear(field),
    }
}

/// A field was left. An empty one is left alone until the form is sent.
pub fn left(event: &Event) {
    let Some((field, element)) = field_of(event) else { return };
    let Ok(input) = element.dyn_into::<HtmlInputElement>() else { return };
    if !input.has_attribute(EDITED) {
        return;
    }
    mark(&input, EDITED, None);
    let text = input.value();
    if !text.trim().is_empty() {
        // A message that appears while the button below is being pressed would move it from under the finger.
        // Without a timer the server says it.
        let _ = set_timeout(move || judge(field, &text), AFTER_THE_PRESS);
    }
    if matches!(field, Field::PostalCode | Field::House) {
        address::look_up();
    }
}

/// A choice was made: whatever was chosen is offered.
pub fn chosen(event: &Event) {
    if around(event, "[name=method]").is_some() {
        clear(Field::Method);
    }
    if around(event, "select[name=country]").is_some() {
        clear(Field::PostalCode);
        address::look_up();
    }
}

/// The country of the postal code: `NL`, `BE`, or empty where it is not asked.
pub fn country() -> String {
    let select = document().get_element_by_id(Field::Country.name());
    select
        .and_then(|select| select.dyn_into::<HtmlSelectElement>().ok())
        .map(|select| select.value())
        .unwrap_or_default()
}

/// Takes away what was said about a field.
pub fn clear(field: Field) {
    let id = mistake_id(field);
    if let Some(sentence) = document().get_element_by_id(&id) {
        sentence.remove();
    }
    for element in super::all(&["[aria-describedby~=", &id, "]"].concat()) {
        let rest = element.get_attribute("aria-describedby").unwrap_or_default();
        let rest = rest.replace(&id, "");
        mark(&element, "aria-describedby", Some(rest.trim()).filter(|rest| !rest.is_empty()));
        mark(&element, "aria-invalid", None);
    }
}

fn judge(field: Field, text: &str) {
    clear(field);
    let Some(mistake) = mistake_in(field, text, &country()) else { return };
    // The form may be gone a moment later.
    let Some(input) = document().get_element_by_id(field.name()) else { return };
    let id = mistake_id(field);
    let described = input.get_attribute("aria-describedby").unwrap_or_default();
    mark(&input, "aria-describedby", Some([&id, " ", &described].concat().trim()));
    mark(&input, "aria-invalid", Some("true"));
    // Our own constants; nothing that was typed is in it.
    let sentence = [
        "<p class=\"fout\" id=\"",
        &id,
        "\"><svg class=\"i i--s\" aria-hidden=\"true\"><use href=\"/icons.svg#circle-alert\"></use></svg><span>",
        text::mistake(field, mistake),
        "</span></p>",
    ]
    .concat();
    let _ = input.insert_adjacent_html("afterend", &sentence);
}

fn field_of(event: &Event) -> Option<(Field, Element)> {
    let element = around(event, "[data-regel]")?;
    let id = element.id();
    FIELDS.into_iter().find(|field| field.name() == id).map(|field| (field, element))
}

/// Sets an attribute or takes it away. The names are ours, so a browser has nothing to refuse.
pub fn mark(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// What core says about one field on its own.
fn mistake_in(field: Field, text: &str, country: &str) -> Option<Mistake> {
    let mut form = TypedDetails { country: country.to_owned(), ..TypedDetails::default() };
    match field {
        Field::Email | Field::ReplyTo => &mut form.email,
        Field::GivenName => &mut form.given_name,
        Field::FamilyName => &mut form.family_name,
        Field::PostalCode => &mut form.postal_code,
        Field::House => &mut form.house,
        Field::Street => &mut form.street,
        Field::City => &mut form.city,
        Field::Phone => &mut form.phone,
        // Right once there is something.
        Field::Name | Field::Order => return text.trim().is_empty().then_some(Mistake::Missing),
        // Judged by the server only.
        Field::Country | Field::Method | Field::Code | Field::Message | Field::Newsletter => return None,
    }
    .push_str(text);
    let field = if field == Field::ReplyTo { Field::Email } else { field };
    form.understand().err()?.into_iter().find(|error| error.field == field).map(|error| error.mistake)
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

    #[test]
    fn only_an_optional_field_is_right_when_it_is_empty() {
        assert_eq!(mistake_in(Field::Phone, "12", ""), Some(Mistake::Phone));
        assert_eq!(mistake_in(Field::Phone, "", ""), None);
        assert_eq!(mistake_in(Field::Email, "", ""), Some(Mistake::Missing));
    }
}
