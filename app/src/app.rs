//! The app: what stands around the pages, and which address shows which page.

use crate::behaviour;
use crate::components::cart_drawer::CartDrawer;
use crate::layout::{ConsentBanner, Footer, Header, Live};
use crate::pages;
use crate::state::{CartState, MoreRows, Notices, place, provide_shop};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

/// The whole shop.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let notices = Notices::provide();
    MoreRows::provide();
    let cart = CartState::provide();
    provide_shop();
    if cfg!(feature = "hydrate") {
        place::listen();
        behaviour::listen(notices);
    }
    // Only in the browser, and only after hydration: the server's page is the same for everybody.
    Effect::new(move || cart.start());
    let routing = RwSignal::new(false);

    view! {
        <Router set_is_routing=routing.write_only()>
            <Frame routing=routing.into() />
        </Router>
    }
    .into_any()
}

#[component]
fn Frame(routing: Signal<bool>) -> impl IntoView {
    place::follow(routing);
    view! {
        <a class="weg" href="#inhoud" rel="external">
            "Naar de inhoud"
        </a>
        <ConsentBanner />
        <Header />
        <main id="inhoud" tabindex="-1" class:busy=move || routing.get()>
            <Pages />
        </main>
        <Footer />
        <CartDrawer />
        <Live />
    }
    .into_any()
}

/// The route table. Every page is complete before it is sent, so it works without script and has the right status.
#[component]
fn Pages() -> impl IntoView {
    use pages::cart::CartPage;
    use pages::collection::CollectionPage;
    use pages::home::HomePage;
    use pages::not_found::NotFound;
    use pages::product::ProductPage;
    use pages::search::SearchPage;
    use pages::words::WordsPage;

    view! {
        <FlatRoutes fallback=|| view! { <NotFound /> }>
            <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
            <Route path=path!("/collectie") view=CollectionPage ssr=SsrMode::Async />
            <Route path=path!("/collectie/:category") view=CollectionPage ssr=SsrMode::Async />
            <Route path=path!("/product/:slug") view=ProductPage ssr=SsrMode::Async />
            <Route path=path!("/zoeken") view=SearchPage ssr=SsrMode::Async />
            <Route path=path!("/winkelmand") view=CartPage ssr=SsrMode::Async />
            <Route path=path!("/afrekenen/gegevens") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/afrekenen/betaling") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/afrekenen/controle") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/bestelling/:number") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/inloggen") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/account") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/account/bestellingen") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/account/adressen") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/account/gegevens") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/account/gegevens/wissen") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/mijn-gegevens") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/mail-mij") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/nieuwsbrief") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/nieuwsbrief/bevestigen") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/nieuwsbrief/afmelden") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/contact") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/verzenden-en-retourneren") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/maattabel") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/algemene-voorwaarden") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/garantie") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/herroepen") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/over-ons") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/toegankelijkheid") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/privacyverklaring") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/privacyverklaring/versies/:day") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/cookies") view=WordsPage ssr=SsrMode::Async />
            <Route path=path!("/cookie-instellingen") view=WordsPage ssr=SsrMode::Async />
        </FlatRoutes>
    }
    .into_any()
}
