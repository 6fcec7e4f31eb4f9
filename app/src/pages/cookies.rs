//! Cookie settings: the choice per purpose. Changing one's mind takes as many steps as saying yes. The list of cookies is a page of its own.

use crate::api::ApiError;
use crate::api::words::Words;
use crate::layout::consent::pair;
use crate::measure::{self, Said};
use crate::routes;
use leptos::prelude::*;
use shop_core::consent::Purpose;

/// The page.
pub async fn words() -> Result<Words, ApiError> {
    let (tools, said) = (measure::tools(), measure::said());
    let purposes = tools.purposes();
    let body = if purposes.is_empty() {
        view! { <p>"Deze winkel gebruikt alleen cookies die nodig zijn. Er valt dus niets te kiezen."</p> }.into_any()
    } else {
        panel(&purposes, &said)
    };
    let page = view! {
        <article class="page page--smal section--s stack stack--l">
            <h1 tabindex="-1">"Cookie-instellingen"</h1>
            {body}
            <div class="stack stack--s">
                <p>
                    "Zelf tellen we per dag hoe vaak soorten pagina’s worden bekeken. Daarvoor bewaren we niets over jou en zetten we niets in je browser."
                </p>
                <p>
                    "Wat er in je browser kan staan, en hoe lang: " <a href=routes::COOKIES>"alle cookies"</a> ". Wat we met je gegevens doen: "
                    <a href=routes::PRIVACY>"privacyverklaring"</a> "."
                </p>
            </div>
        </article>
    }
    .into_any();
    Ok(Words::own("Cookie-instellingen", page))
}

fn panel(purposes: &[Purpose], said: &Said) -> AnyView {
    let answered = purposes.iter().all(|purpose| said.choice.answer(*purpose).is_some());
    let standing = match (answered, said.signal) {
        (true, _) if purposes.iter().all(|purpose| !said.choice.grants(*purpose)) => {
            "Je hebt geweigerd. Er wordt niets van andere bedrijven geladen."
        }
        (true, _) => "Je keuze is bewaard. Je kunt haar hier altijd wijzigen.",
        (false, true) => {
            "Je browser vraagt ons niet mee te kijken (Global Privacy Control). Dat geldt hier als weigeren; er wordt niets geladen. Je mag zelf anders kiezen."
        }
        (false, false) => "Je hebt nog niet gekozen. Er wordt niets van andere bedrijven geladen.",
    };
    let boxes = purposes
        .iter()
        .map(|purpose| {
            let (name, yes) = (purpose.name(), said.choice.grants(*purpose));
            let title = match purpose {
                Purpose::Statistics => "Statistiek",
                Purpose::Reviews => "Keurmerk en beoordelingen",
            };
            view! {
                <div class="stack gap-1">
                    <label class="keus" for=name>
                        <input type="checkbox" id=name name="doel" value=name checked=yes aria-describedby=format!("{name}-uitleg") />
                        <span>{title}</span>
                    </label>
                    <p class="klein grijs" id=format!("{name}-uitleg")>{purpose.text().words}</p>
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="koek-paneel stack stack--l" data-keuze>
            <p role="status">{standing}</p>
            <form method="post" action=routes::COOKIE_SETTINGS class="stack stack--l">
                <input type="hidden" name="waar" value="page" />
                {boxes}
                <div class="stack stack--s">
                    <button class="btn btn--rustig" name="keuze" value="zelf">
                        "Bewaar wat ik aankruiste"
                    </button>
                    {pair()}
                </div>
            </form>
        </div>
    }
    .into_any()
}
