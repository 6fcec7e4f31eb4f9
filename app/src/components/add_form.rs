//! Choosing a size and putting it in the bag. Without script it is a plain form; with script the page stays and the bag opens.
//! A size that is gone asks for an address instead (rule P2): that is a plain form either way.

use super::icon::small_icon;
use super::size_picker::{already_chosen, size_picker};
use crate::api::catalog::{ProductPage, SizeView};
use crate::routes;
use crate::state::{use_cart, use_notices};
use crate::text;
use leptos::html;
use leptos::prelude::*;
use shop_core::catalog::Availability;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The id of the form, so the bar at the bottom of a phone can send it too.
pub const FORM: &str = "koop";

/// Where adding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Ready,
    Busy,
    Done,
}

/// The choice of a product page; shared by the form and the bar.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// The chosen variant.
    pub variant: RwSignal<Option<String>>,
    sizes: StoredValue<Vec<SizeView>>,
    stage: RwSignal<Stage>,
    error: RwSignal<Option<String>>,
}

impl Choice {
    /// The choice among the sizes of a product: none yet, or the only one.
    pub fn of(product: &ProductPage) -> Self {
        let only = match product.sizes.as_slice() {
            [only] => Some(only.variant.clone()),
            _ => None,
        };
        let choice = Self {
            variant: RwSignal::new(only),
            sizes: StoredValue::new(product.sizes.clone()),
            stage: RwSignal::new(Stage::Ready),
            error: RwSignal::new(None),
        };
        // What was said about one choice does not hold for the next.
        Effect::new(move |before: Option<()>| {
            choice.variant.track();
            if before.is_some() {
                choice.error.set(None);
            }
        });
        Effect::new(move || {
            if let Some(kept) = already_chosen() {
                choice.variant.set(Some(kept));
            }
        });
        choice
    }

    /// The chosen size.
    pub fn size(self) -> Option<SizeView> {
        let variant = self.variant.get()?;
        self.sizes.with_value(|sizes| sizes.iter().find(|size| size.variant == variant).cloned())
    }

    /// What the button says once a size is chosen.
    fn ready_text(self) -> String {
        let same = self.sizes.with_value(|sizes| {
            let mut prices = sizes.iter().map(|size| size.price.now);
            prices.next().filter(|first| prices.all(|price| price == *first))
        });
        match self.size().map(|size| size.price.now).or(same) {
            Some(price) => format!("In de tas, {price}"),
            None => "In de tas".to_owned(),
        }
    }
}

/// The form: sizes, the sentence about what is missing, the button.
#[component]
pub fn AddForm(
    /// Slug, to come back without script.
    slug: String,
    /// Title, for the sentence when it worked.
    title: String,
    /// The choice.
    choice: Choice,
    /// What stands under the sizes: the link to the size table.
    children: Children,
) -> impl IntoView {
    let cart = use_cart();
    let notices = use_notices();
    let group = NodeRef::<html::Div>::new();
    let sizes = choice.sizes.get_value();

    let submit = move |event: web_sys::SubmitEvent| {
        let size = untrack(|| choice.size());
        if size.as_ref().is_some_and(|size| size.availability == Availability::SoldOut) {
            // Sent as it stands: the server asks for the rest.
            return;
        }
        event.prevent_default();
        if choice.stage.get_untracked() == Stage::Busy {
            return;
        }
        let refuse = move |sentence: String| {
            choice.error.set(Some(sentence));
            choice.stage.set(Stage::Ready);
        };
        let Some(size) = size else {
            refuse(text::CHOOSE_SIZE.to_owned());
            focus_first(group);
            return;
        };
        choice.error.set(None);
        choice.stage.set(Stage::Busy);
        let sentence = text::added(&title, &size.label);
        cart.add(size.variant, move |answer| match answer {
            Ok(()) => {
                choice.stage.set(Stage::Done);
                notices.say(sentence);
                cart.open.set(true);
                let again = move || {
                    // The page may be gone by then.
                    let _ = choice.stage.try_set(Stage::Ready);
                };
                let _ = set_timeout(again, Duration::from_secs(2));
            }
            Err(reason) => refuse(reason),
        });
    };

    view! {
        <form
            id=FORM
            class="stack gap-4"
            method="post"
            action="/api/cart/buy"
            prop:noValidate=true
            on:submit=submit
        >
            <input type="hidden" name="back" value=routes::product(&slug) />
            <input type="hidden" name="quantity" value="1" />
            <fieldset class="stack gap-3" aria-describedby="maat-fout">
                <legend class="w-600 mb-2">
                    "Maat " <span class="grijs w-400">"lengte van je kind in cm"</span>
                </legend>
                <div class="maten" node_ref=group>
                    {size_picker(&sizes, choice.variant)}
                </div>
                <p id="maat-fout" class="fouttekst klein" role="alert">
                    {move || {
                        choice.error.get().filter(|_| untrack(|| choice.size()).is_none()).map(|why| why.into_any())
                    }}
                </p>
                {children()}
            </fieldset>
            {move || {
                choice
                    .error
                    .get()
                    .filter(|_| untrack(|| choice.size()).is_some())
                    .map(|why| {
                        view! {
                            <div class="melding melding--fout" role="alert">
                                {small_icon("circle-alert")}
                                <p>{why}</p>
                            </div>
                        }
                    })
            }}
            <div class="veld bij-op">
                <label for="mail-mij">"E-mailadres"</label>
                <input
                    class="in"
                    id="mail-mij"
                    name="email"
                    type="email"
                    autocomplete="email"
                    aria-describedby="mail-mij-hulp"
                />
                <p class="hulp" id="mail-mij-hulp">
                    "Je krijgt één mail zodra hij er weer is. " {text::ALERT_TERMS}
                </p>
            </div>
            <button class="btn btn--vol" aria-busy=busy(choice) aria-disabled=busy(choice) data-staat=stage(choice)>
                {small_icon("shopping-bag")}
                {move || labels(choice, choice.ready_text(), "Mail mij als hij er weer is")}
            </button>
        </form>
    }
    .into_any()
}

/// The bar at the bottom of a phone: price, chosen size, the same button.
#[component]
pub fn BuyBar(
    /// The choice.
    choice: Choice,
    /// Price while nothing is chosen.
    price: String,
) -> impl IntoView {
    let now = move || choice.size().map_or_else(|| price.clone(), |size| size.price.now.to_string());
    let size = move || choice.size().map_or_else(|| "nog geen maat".to_owned(), |size| ["maat ", &size.label].concat());
    view! {
        <div class="koopbalk">
            <div>
                <strong>{now}</strong>
                <br />
                <span class="klein grijs">{size}</span>
            </div>
            <button class="btn" form=FORM aria-busy=busy(choice) aria-disabled=busy(choice) data-staat=stage(choice)>
                {move || labels(choice, "In de tas".to_owned(), "Mail mij")}
            </button>
        </div>
    }
    .into_any()
}

/// All three texts stand in the button; the style sheet shows the one that fits the choice, also without script.
fn labels(choice: Choice, ready: String, gone: &'static str) -> AnyView {
    match choice.stage.get() {
        Stage::Busy => view! { <span>"Even geduld"</span> }.into_any(),
        Stage::Done => view! { <span>"Ligt in je tas"</span> }.into_any(),
        Stage::Ready => view! {
            <span>
                <span class="bij-geen">{text::CHOOSE_SIZE}</span>
                <span class="bij-keuze">{ready}</span>
                <span class="bij-op">{gone}</span>
            </span>
        }
        .into_any(),
    }
}

fn busy(choice: Choice) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
    move || (choice.stage.get() == Stage::Busy).then_some("true")
}

fn stage(choice: Choice) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
    move || match choice.stage.get() {
        Stage::Ready => None,
        Stage::Busy => Some("bezig"),
        Stage::Done => Some("klaar"),
    }
}

fn focus_first(group: NodeRef<html::Div>) {
    let first = group.get_untracked().and_then(|group| group.query_selector("input").ok().flatten());
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        // A group that left the page needs no focus.
        let _ = first.focus();
    }
}
