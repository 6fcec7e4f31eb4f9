//! The front page, as the server writes it.

use crate::api::catalog::HomeFacts as Page;
use crate::components::icon::{logo_mark, small_icon};
use crate::components::measuring_tape::measuring_tape;
use crate::components::picture::{Haste, Place, picture};
use crate::components::product_card::{Level, cards};
use crate::routes;
use leptos::prelude::*;

/// Where to look at four tall pictures that are cut wide.
const LOOK_AT: [&str; 4] = ["op-20", "op-10", "op-35", "op-5"];

/// The page without its head.
pub fn home(page: &Page) -> AnyView {
    let new_list = routes::collection("nieuw");
    let arrivals = (!page.new.is_empty()).then(|| {
        view! {
            <section class="section section--kort" aria-labelledby="nieuw">
                <div class="page">
                    <div class="section-head">
                        <h2 id="nieuw">"Net binnen"</h2>
                        <a class="link" href=new_list.clone()>
                            "Alles wat nieuw is "
                            {small_icon("arrow-right")}
                        </a>
                    </div>
                    <ul class="rail">{cards(&page.new, 0, false, Level::Three)}</ul>
                </div>
            </section>
        }
        .into_any()
    });
    let last = (!page.last.is_empty()).then(|| {
        view! {
            <section class="page" aria-labelledby="laatste">
                <div class="section-head">
                    <h2 id="laatste">"Laatste maten"</h2>
                    <a class="link" href=routes::collection("laatste-maten")>
                        "Alle laatste maten "
                        {small_icon("arrow-right")}
                    </a>
                </div>
                <ul class="rooster rooster--4">{cards(&page.last, 0, false, Level::Three)}</ul>
            </section>
        }
        .into_any()
    });
    view! {
        {hero(page)}
        <section class="section section--s" id="meetlat" aria-labelledby="lengte">
            <div class="page">
                <div class="section-head">
                    <h2 id="lengte">"Hoe lang is je kind?"</h2>
                    <p class="grijs">"Tik op de lengte in centimeters. Je ziet alleen wat in die maat op voorraad is."</p>
                </div>
                {measuring_tape()}
            </div>
        </section>
        {arrivals}
        {tiles(page)}
        {story(page)}
        {last}
        {promises()}
    }
    .into_any()
}

fn hero(page: &Page) -> AnyView {
    view! {
        <section class="held" aria-labelledby="h">
            {page.hero.as_ref().map(|view| picture(view, Place::Hero, Haste::First, "", None))}
            <div class="held__tekst">
                <div class="page">
                    <div class="held__kaart">
                        <h1 id="h">"Om in te spelen." <br /> "Om door te geven."</h1>
                        <p class="groot">
                            "Kinderkleding van biologisch katoen, stuk voor stuk uitgezocht in Almelo. Van maat 50 tot en met 164."
                        </p>
                        <div class="row">
                            <a class="btn" href=routes::collection("nieuw")>
                                "Bekijk wat nieuw is"
                            </a>
                            <a class="link" href="#meetlat">
                                "Kies op lengte"
                            </a>
                        </div>
                    </div>
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// Four tiles whose inner corners are cut, and the other departments as chips.
fn tiles(page: &Page) -> AnyView {
    let pictured: Vec<AnyView> = page
        .tiles
        .iter()
        .zip(LOOK_AT)
        .map(|((slug, title, view), look_at)| {
            view! {
                <li>
                    <a href=routes::collection(slug) class=look_at>
                        {view.as_ref().map(|view| picture(view, Place::Half, Haste::Lazy, "", Some(String::new())))}
                        <span class="ruit__naam">{title.clone()}</span>
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    let others: Vec<AnyView> = page
        .tiles
        .iter()
        .skip(LOOK_AT.len())
        .map(|(slug, title, _)| {
            view! {
                <a class="chip" href=routes::collection(slug)>
                    {title.clone()}
                </a>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="page" aria-labelledby="cat">
            <h2 id="cat" class="weg">
                "Afdelingen"
            </h2>
            <ul class="ruit">
                {pictured} <li class="ruit__hart" aria-hidden="true">
                    {logo_mark()}
                </li>
            </ul>
            <p class="chips mt-5">
                {others} <a class="chip" href=routes::collection("laatste-maten")>
                    "Laatste maten"
                </a>
            </p>
        </section>
    }
    .into_any()
}

fn story(page: &Page) -> AnyView {
    view! {
        <section class="section" aria-labelledby="organic">
            <div class="page duo">
                {page
                    .story
                    .as_ref()
                    .map(|view| picture(view, Place::Half, Haste::Lazy, "facet foto foto--43 op-links", None))}
                <div class="staart">
                    <h2 id="organic">"Wat ‘organic’ hier betekent"</h2>
                    <p class="groot">
                        "Niet een gevoel, maar een percentage. Bij elk artikel staat hoeveel biologisch katoen erin zit, wie dat controleerde en onder welk nummer."
                    </p>
                    <p class="grijs">"Is iets níét biologisch, zoals een regenjas? Dan staat dat er ook gewoon."</p>
                    <a class="link" href=routes::ABOUT>
                        "Meer over de winkel "
                        {small_icon("arrow-right")}
                    </a>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn promises() -> AnyView {
    view! {
        <section class="section" aria-labelledby="beloften">
            <div class="page">
                <h2 id="beloften" class="weg">
                    "Zo werken we"
                </h2>
                <ul class="belofte">
                    <li>
                        <h3>"Eén adres, één gezicht"</h3>
                        <p>"Ik zoek uit, pak in en neem op. Vraag je iets, dan krijg je antwoord van mij."</p>
                    </li>
                    <li>
                        <h3>"Rustig passen"</h3>
                        <p>"14 dagen om je te bedenken, en dat regel je zonder inloggen of bellen."</p>
                    </li>
                    <li>
                        <h3>"Maten die kloppen"</h3>
                        <p>"We meten elk artikel na. Valt het klein of ruim, dan staat dat erbij."</p>
                    </li>
                </ul>
            </div>
        </section>
    }
    .into_any()
}
