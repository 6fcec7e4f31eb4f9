//! The photos of a product. Each is a link to the large file; with script it opens in a dialog with the others beside it.

use super::icon::icon;
use super::picture::{Haste, Place, large, picture};
use crate::api::catalog::PictureView;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent};

/// The photos, front first.
#[component]
pub fn Gallery(
    /// Title of the product, for the name of the group.
    title: String,
    /// The photos.
    pictures: Vec<PictureView>,
) -> impl IntoView {
    let shown = RwSignal::new(0_usize);
    let zoomed = RwSignal::new(None::<usize>);
    let count = pictures.len();
    let photos: Vec<AnyView> = pictures
        .iter()
        .enumerate()
        .map(|(at, view)| {
            let haste = if at == 0 { Haste::First } else { Haste::Lazy };
            let open = move |event: MouseEvent| {
                if event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key() {
                    event.prevent_default();
                    // Not every browser focuses a link that is tapped; what has the focus now gets it back afterwards.
                    if let Some(link) = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok())
                    {
                        let _ = link.focus();
                    }
                    zoomed.set(Some(at));
                }
            };
            view! {
                <a href=large(view) rel="external" on:click=open>
                    <span class="weg">"Vergroot: "</span>
                    {picture(view, Place::Gallery, haste, "", None)}
                </a>
            }
            .into_any()
        })
        .collect();
    // Browsers without scroll-driven styles still show which photo is in front.
    let scrolled = move |event: web_sys::Event| {
        let Some(row) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let width = row.client_width().max(1);
        let at = (row.scroll_left() + width / 2) / width;
        shown.set(usize::try_from(at).unwrap_or(0));
    };
    let dots: Vec<AnyView> =
        (0..count).map(|at| view! { <i data-aan=move || (shown.get() == at).then_some("")></i> }.into_any()).collect();
    view! {
        <div>
            <div class="galerij" role="group" aria-label=["Foto’s van ", &title].concat() on:scroll=scrolled>
                {photos}
            </div>
            <p class="stippen" aria-hidden="true">
                {(count > 1).then_some(dots)}
            </p>
            <Zoom pictures=StoredValue::new(pictures) zoomed=zoomed />
        </div>
    }
    .into_any()
}

#[component]
fn Zoom(pictures: StoredValue<Vec<PictureView>>, zoomed: RwSignal<Option<usize>>) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let count = pictures.with_value(Vec::len);
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match zoomed.get() {
            // Already open, or no dialogs in this browser: the link still works next time.
            Some(_) if !dialog.open() => drop(dialog.show_modal()),
            None if dialog.open() => dialog.close(),
            _ => {}
        }
    });
    let go = move |by: usize| zoomed.update(|at| *at = at.map(|at| (at + by) % count.max(1)));
    let keys = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "ArrowRight" => go(1),
        "ArrowLeft" => go(count.saturating_sub(1)),
        _ => {}
    };
    // The dialog fills the screen, so a tap beside the photo lands on the dialog itself.
    let beside = move |event: MouseEvent| {
        let on = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if on.is_some_and(|on| matches!(on.closest("img, button"), Ok(None))) {
            zoomed.set(None);
        }
    };
    let current = move || {
        let at = zoomed.get()?;
        pictures.with_value(|all| all.get(at).map(|view| picture(view, Place::Zoom, Haste::Soon, "vol", None)))
    };
    let thumbs = move || {
        zoomed.get().map(|at| {
            pictures.with_value(|all| {
                all.iter()
                    .enumerate()
                    .map(|(other, view)| {
                        view! {
                            <button
                                type="button"
                                class="chip"
                                aria-pressed=if other == at { "true" } else { "false" }
                                on:click=move |_| zoomed.set(Some(other))
                            >
                                <span class="weg">{view.alt.clone()}</span>
                                <span aria-hidden="true">{(other + 1).to_string()}</span>
                            </button>
                        }
                        .into_any()
                    })
                    .collect::<Vec<AnyView>>()
            })
        })
    };
    let steps = (count > 1).then(|| {
        view! {
            <div class="zoom__rij">
                <button type="button" class="ib" aria-label="Vorige foto" on:click=move |_| go(count.saturating_sub(1))>
                    {icon("chevron-left")}
                </button>
                <div class="zoom__keus">{thumbs}</div>
                <button type="button" class="ib" aria-label="Volgende foto" on:click=move |_| go(1)>
                    {icon("chevron-right")}
                </button>
            </div>
        }
    });
    view! {
        <dialog
            class="zoom"
            aria-label="Foto van dichtbij"
            node_ref=dialog
            on:close=move |_| zoomed.set(None)
            on:keydown=keys
            on:click=beside
        >
            // First, so that it gets the focus: nothing has to be scrolled for it.
            <button type="button" class="ib zoom__sluit" aria-label="Sluiten" on:click=move |_| zoomed.set(None)>
                {icon("x")}
            </button>
            {current}
            {steps}
        </dialog>
    }
    .into_any()
}
