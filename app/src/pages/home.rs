//! The front page. Its words are made on the server ([`super::front`]).

use crate::api::catalog::home_page;
use crate::api::words::Html;
use crate::api::{Asked, load};
use crate::components::loaded::following;
use crate::components::seo::Seo;
use crate::routes;
use leptos::prelude::*;

/// The front page.
#[component]
pub fn HomePage() -> impl IntoView {
    following(load(Asked::default, |_| home_page()), home)
}

fn home(page: Html) -> AnyView {
    view! {
        <Seo
            title="Organic kidswear uit Almelo"
            summary="Kinderkleding van biologisch katoen, stuk voor stuk uitgezocht in Almelo. Van maat 50 tot en met 164."
            path=routes::HOME
        />
        <div inner_html=page.0></div>
    }
    .into_any()
}
