//! An article.

use crate::api::catalog::{ProductPage as Page, product_page};
use crate::api::load;
use crate::components::add_form::{AddForm, BuyBar, Choice};
use crate::components::gallery::Gallery;
use crate::components::icon::{icon, small_icon};
use crate::components::loaded::following;
use crate::components::picture::large;
use crate::components::seo::Seo;
use crate::routes;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page of an article.
#[component]
pub fn ProductPage() -> impl IntoView {
    let params = use_params_map();
    let asked = move || [params.with(|params| params.get("slug").unwrap_or_default()), String::new()];
    following(load(asked, |[slug, _]| product_page(slug)), product)
}

fn product(page: Page) -> AnyView {
    let choice = Choice::of(&page);
    let image = page.pictures.first().map(large).unwrap_or_default();
    let now = page.price.to_string();
    view! {
        <Seo title=page.title.clone() summary=page.summary.clone() path=routes::product(&page.slug) image=image />
        <div class="koop">
            <div class="page">
                <div inner_html=page.way.0.clone()></div>
                <div class="product">
                    <Gallery title=page.title.clone() pictures=page.pictures.clone() />
                    <div class="product__info sticky">
                        <div class="product__deel" inner_html=page.above.0.clone()></div>
                        {buy(&page, choice)}
                        <div class="product__deel" inner_html=page.below.0.clone()></div>
                    </div>
                </div>
            </div>
            <div inner_html=page.after.0.clone()></div>
            <BuyBar choice=choice price=now />
        </div>
    }
    .into_any()
}

/// Sizes, the way to the size table, the button.
fn buy(page: &Page, choice: Choice) -> AnyView {
    let table = NodeRef::<html::Dialog>::new();
    let place = NodeRef::<html::Div>::new();
    let fit = page.fit.clone();
    let has_table = page.has_table;
    let open = move |event: web_sys::MouseEvent| {
        let Some(dialog) = table.get_untracked() else { return };
        // The same table as in the text below; it is not sent twice.
        if let (Some(table), Some(place)) = (table_in_page(), place.get_untracked()) {
            place.set_inner_html(&table.outer_html());
        }
        if dialog.show_modal().is_ok() {
            event.prevent_default();
        }
    };
    let close = move |_| {
        if let Some(dialog) = table.get_untracked() {
            dialog.close();
        }
    };
    let help = has_table.then(|| {
        view! {
            <a class="link self-start" href="#maattabel" on:click=open>
                {small_icon("ruler")}
                "Welke maat past?"
            </a>
        }
    });
    let votes = (!page.fit_votes.is_empty()).then(|| view! { <p class="klein">{page.fit_votes.clone()}</p> });
    view! {
        <AddForm slug=page.slug.clone() title=page.title.clone() choice=choice>
            {help}
            {votes}
        </AddForm>
        <dialog class="dialoog dialoog--breed" aria-labelledby="maten-titel" node_ref=table>
            <div class="row row--split row--nowrap">
                <h2 id="maten-titel">"Welke maat past?"</h2>
                <button type="button" class="ib" aria-label="Sluiten" on:click=close>
                    {icon("x")}
                </button>
            </div>
            {(!fit.is_empty()).then(|| view! { <p>{fit}</p> })}
            <p class="klein grijs alleen-s">"Schuif de tabel opzij voor alle maten."</p>
            <div node_ref=place></div>
        </dialog>
    }
    .into_any()
}

fn table_in_page() -> Option<web_sys::Element> {
    document().query_selector("#maattabel .tabel-om").ok().flatten()
}
