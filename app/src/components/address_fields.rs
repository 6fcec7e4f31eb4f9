//! Name and address in a form: postal code and house number first, then what the register knows about them, filled in for all to see
//! and free to change. A silent register stops nobody.

use crate::api::checkout::find_address;
use crate::components::field::{Mistakes, TextField};
use leptos::ev::Targeted;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::{Event, HtmlSelectElement};
use shop_core::address::{Country, HouseNumber, PostalCode};
use shop_core::checkout::{Field, TypedDetails};

/// The address lines that can be filled in for her. `Copy`.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    postal_code: NodeRef<Input>,
    house: NodeRef<Input>,
    street: NodeRef<Input>,
    city: NodeRef<Input>,
    filled: StoredValue<(String, String)>,
    found: RwSignal<Option<String>>,
}

impl Known {
    /// Nothing filled in yet.
    pub fn new() -> Self {
        Self {
            postal_code: NodeRef::new(),
            house: NodeRef::new(),
            street: NodeRef::new(),
            city: NodeRef::new(),
            filled: StoredValue::new(<(String, String)>::default()),
            found: RwSignal::new(None),
        }
    }

    /// Writes street and town into the form.
    pub fn fill(self, street: &str, city: &str) {
        for (node, text) in [(self.street, street), (self.city, city)] {
            if let Some(input) = node.get_untracked() {
                input.set_value(text);
            }
        }
        self.filled.set_value((street.to_owned(), city.to_owned()));
    }

    /// Asks the register when postal code and house number can be read. What she typed herself is never written over.
    fn look_up(self, mistakes: Mistakes) {
        let text = |node: NodeRef<Input>| node.get_untracked().map(|input| input.value()).unwrap_or_default();
        let typed =
            TypedDetails { postal_code: text(self.postal_code), house: text(self.house), ..TypedDetails::default() }
                .tidied();
        let dutch = Country::parse(&mistakes.country()).unwrap_or_default() == Country::Nl;
        let readable =
            PostalCode::parse(&typed.postal_code, Country::Nl).is_ok() && HouseNumber::parse(&typed.house).is_ok();
        if !dutch || !readable {
            self.found.set(None);
            return;
        }
        spawn_local(async move {
            // No answer is no reason to stop: she types street and town herself.
            let Ok(answer) = find_address(typed.postal_code, typed.house).await else { return };
            let Some((street, city)) = answer else {
                self.found.set(Some("We kennen dit huisnummer niet. Klopt het? Dan mag je zo verder.".to_owned()));
                return;
            };
            let (before_street, before_city) = self.filled.get_value();
            let ours = |now: String, before: String| now.trim().is_empty() || now == before;
            if ours(text(self.street), before_street) && ours(text(self.city), before_city) {
                self.fill(&street, &city);
                mistakes.chosen(Field::Street);
                mistakes.chosen(Field::City);
                self.found.set(Some(format!("Gevonden: {street}, {city}. Klopt het niet? Pas het hieronder aan.")));
            }
        });
    }
}

impl Default for Known {
    fn default() -> Self {
        Self::new()
    }
}

/// The fields.
#[component]
pub fn AddressFields(typed: TypedDetails, mistakes: Mistakes, known: Known) -> impl IntoView {
    let TypedDetails { given_name, family_name, postal_code, house, street, city, country, .. } = typed;
    let country = Country::parse(&country).unwrap_or_default();
    mistakes.set_country(country.code().to_owned());
    let choose = move |event: Targeted<Event, HtmlSelectElement>| {
        mistakes.set_country(event.target().value());
        mistakes.chosen(Field::PostalCode);
        known.look_up(mistakes);
    };
    let look_up = Callback::new(move |()| known.look_up(mistakes));
    let countries = [Country::Nl, Country::Be]
        .map(|land| view! { <option value=land.code() selected={land == country}>{land.name()}</option> })
        .collect_view();
    view! {
        <fieldset class="velden">
            <legend class="weg">"Naam en adres"</legend>
            <TextField field=Field::GivenName label="Voornaam" value=given_name mistakes autocomplete="shipping given-name" width="k3" />
            <TextField field=Field::FamilyName label="Achternaam" value=family_name mistakes autocomplete="shipping family-name" width="k3" />
            <TextField
                field=Field::PostalCode
                label="Postcode"
                value=postal_code
                mistakes
                autocomplete="shipping postal-code"
                width="k2 m3"
                node_ref=known.postal_code
                on_left=look_up
            />
            <TextField
                field=Field::House
                label="Huisnummer en toevoeging"
                value=house
                mistakes
                // No token of the HTML list means a house number; a wrong one would fill in the whole street.
                autocomplete="off"
                inputmode="numeric"
                width="k2 m3"
                node_ref=known.house
                on_left=look_up
            />
            <div class="veld k2">
                <label for=Field::Country.name()>"Land"</label>
                <select class="in" id=Field::Country.name() name=Field::Country.name() autocomplete="shipping country" on:change:target=choose>
                    {countries}
                </select>
            </div>
            <p class="klein grijs" role="status">{move || known.found.get()}</p>
            <TextField
                field=Field::Street
                label="Straat"
                value=street
                mistakes
                autocomplete="shipping address-line1"
                width="k3"
                node_ref=known.street
            />
            <TextField
                field=Field::City
                label="Plaats"
                value=city
                mistakes
                autocomplete="shipping address-level2"
                width="k3"
                node_ref=known.city
            />
        </fieldset>
    }
}
