//! What to type, scan or copy for a bank transfer.

use crate::api::checkout::TransferView;
use crate::components::icon::Icon;
use leptos::prelude::*;

/// The panel.
#[component]
pub fn Transfer(transfer: TransferView) -> impl IntoView {
    let TransferView { holder, iban, reference, amount, until, qr_svg } = transfer;
    view! {
        <section class="paneel paneel--haver paneel--facet" aria-labelledby="overschrijven">
            <h2 class="fs-2" id="overschrijven">"Maak het zo over"</h2>
            <div class="two two--qr">
                <dl class="feiten feiten--kaal">
                    <Row label="Bedrag" text=amount.to_string() copy=amount.decimal().replace('.', ",") />
                    <Row label="Rekening (IBAN)" text=iban.clone() copy=compact(&iban) />
                    <Row label="Op naam van" text=holder.clone() copy=holder />
                    <Row label="Betalingskenmerk" text=reference.clone() copy=compact(&reference) />
                    <div>
                        <dt>"Uiterlijk"</dt>
                        <dd>{until}</dd>
                    </div>
                </dl>
                <figure class="stack stack--s">
                    // Drawn by our own server from the numbers beside it.
                    <div class="qr" role="img" aria-label="QR-code met deze gegevens, voor de app van je bank" inner_html=qr_svg></div>
                    <figcaption class="klein grijs">"Scan met de app van je bank. Zet het kenmerk erbij, dan herkennen we je betaling."</figcaption>
                </figure>
            </div>
        </section>
    }
}

/// A fact with a button that copies it, where there is script.
#[component]
fn Row(label: &'static str, text: String, copy: String) -> impl IntoView {
    view! {
        <div>
            <dt>{label}</dt>
            <dd class="row row--split">
                <strong class="nummer">{text}</strong>
                <button type="button" class="link met-script niet-printen" data-kopieer=copy>
                    <Icon name="copy" small=true />
                    <span role="status">"Kopieer"</span>
                    <span class="weg">{format!(" {label}")}</span>
                </button>
            </dd>
        </div>
    }
}

/// Without the spaces that make it readable.
fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
