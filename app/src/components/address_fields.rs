//! Name and address in a form: postal code and house number first, then what the register knows about them (`behaviour::address`).

use crate::components::field::{Mistakes, TextField};
use leptos::prelude::*;
use shop_core::address::Country;
use shop_core::checkout::{Field, TypedDetails};

/// The fields.
#[component]
pub fn AddressFields(typed: TypedDetails, mistakes: Mistakes) -> impl IntoView {
    let TypedDetails { given_name, family_name, postal_code, house, street, city, country, .. } = typed;
    let country = Country::parse(&country).unwrap_or_default();
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
            />
            <TextField
                field=Field::House
                label="Huisnummer en toevoeging"
                value=house
                mistakes
                // No token of the HTML list means a house number; a wrong one would fill in the whole street.
                autocomplete="off"
                // Additions are letters: 12 bis.
                inputmode="text"
                width="k2 m3"
            />
            <div class="veld k2">
                <label for=Field::Country.name()>"Land"</label>
                <select class="in" id=Field::Country.name() name=Field::Country.name() autocomplete="shipping country">
                    {countries}
                </select>
            </div>
            <p class="klein grijs" role="status" data-gevonden></p>
            <TextField
                field=Field::Street
                label="Straat"
                value=street
                mistakes
                autocomplete="shipping address-line1"
                width="k3"
            />
            <TextField
                field=Field::City
                label="Plaats"
                value=city
                mistakes
                autocomplete="shipping address-level2"
                width="k3"
            />
        </fieldset>
    }
}
