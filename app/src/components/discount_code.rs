//! The discount code: a field behind a fold (rule C4), or the code that stands on the cart with the way to take it off. Both are
//! plain forms that come back to where they were sent from, with and without script.

use super::icon::small_icon;
use crate::api::cart::{CartView, CodeView, RefusedCode};
use leptos::prelude::*;
use shop_core::money::Money;

/// The code of a cart. `id` names the field, because page and drawer can both be there; `back` is the page to come back to.
pub fn discount_code(view: &CartView, id: &'static str, back: &'static str) -> AnyView {
    match &view.code {
        Some(code) => on_cart(code, back),
        None => field(view.refused_code.as_ref(), id, back),
    }
}

/// What the code takes off, among the sums; nothing without a discount.
pub fn discount_row(code: &str, discount: Money) -> Option<AnyView> {
    if discount == Money::ZERO {
        return None;
    }
    let row = view! {
        <dt>{["Korting (", code, ")"].concat()}</dt>
        // Not every screen reader says the sign.
        <dd>
            <span class="weg">"min "</span>
            <span aria-hidden="true">"−"</span>
            {discount.to_string()}
        </dd>
    };
    Some(row.into_any())
}

fn on_cart(code: &CodeView, back: &'static str) -> AnyView {
    let problem = code.problem.as_ref().map(|reason| {
        let reason = ["Telt nu niet mee. ", reason].concat();
        view! {
            <p class="klein let">{reason}</p>
        }
    });
    view! {
        <div class="kortingscode">
            <div class="row row--split row--nowrap">
                <span class="breek">"Kortingscode " <strong>{code.code.clone()}</strong></span>
                <form method="post" action="/api/cart/discount/remove">
                    <input type="hidden" name="back" value=back />
                    <button class="link klein" aria-label=["Verwijder kortingscode ", &code.code].concat()>
                        "Verwijder"
                    </button>
                </form>
            </div>
            {problem}
        </div>
    }
    .into_any()
}

fn field(refused: Option<&RefusedCode>, id: &'static str, back: &'static str) -> AnyView {
    let error_id = [id, "-fout"].concat();
    let described = refused.map(|_| error_id.clone());
    let typed = refused.map(|refused| refused.typed.clone()).unwrap_or_default();
    let error = refused.map(|refused| {
        view! {
            <p class="fout" id=error_id>
                {small_icon("circle-alert")} <span>{refused.reason.clone()}</span>
            </p>
        }
    });
    let is_wrong = refused.is_some();
    view! {
        <details class="kortingscode" open=is_wrong>
            <summary class="link">"Heb je een kortingscode?" {small_icon("chevron-down")}</summary>
            <form method="post" action="/api/cart/discount" class="veld">
                <input type="hidden" name="back" value=back />
                <label for=id>"Kortingscode"</label>
                <div class="kortingscode__veld">
                    <input
                        class="in"
                        id=id
                        name="code"
                        type="text"
                        value=typed
                        autocomplete="off"
                        autocapitalize="characters"
                        spellcheck="false"
                        // The page comes back after the post: the field that is wrong has the focus then.
                        autofocus=is_wrong
                        aria-invalid=is_wrong.then_some("true")
                        aria-describedby=described
                    />
                    <button class="btn btn--rustig">"Pas toe"</button>
                </div>
                {error}
            </form>
        </details>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    /// What a page shows, without the marks that hydration needs.
    fn html(view: AnyView) -> String {
        Owner::new().with(|| view.to_html()).replace("<!>", "")
    }

    #[test]
    fn a_refused_code_stays_in_the_open_field_with_the_reason_beside_it() {
        let refused = RefusedCode { typed: "welkom 6".to_owned(), reason: "Deze code kennen we niet.".to_owned() };
        let cart = CartView { refused_code: Some(refused), ..CartView::default() };

        let page = html(discount_code(&cart, "kortingscode", "/winkelmand"));

        for part in [
            "<details open class=\"kortingscode\">",
            "value=\"welkom 6\"",
            "aria-invalid=\"true\"",
            "aria-describedby=\"kortingscode-fout\"",
            "id=\"kortingscode-fout\"",
            "Deze code kennen we niet.",
            "<label for=\"kortingscode\">Kortingscode</label>",
            "name=\"back\" value=\"/winkelmand\"",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
    }

    #[test]
    fn the_field_is_folded_until_it_is_asked_for() {
        let page = html(discount_code(&CartView::default(), "kortingscode", "/winkelmand"));

        assert!(page.contains("Heb je een kortingscode?"), "{page}");
        for part in [" open", "aria-invalid", "autofocus", "-fout"] {
            assert!(!page.contains(part), "{part} in {page}");
        }
    }

    #[test]
    fn a_code_on_the_cart_can_be_taken_off_and_says_when_it_does_not_count() {
        let code = CodeView { code: "WELKOM5".to_owned(), problem: Some("Deze code is verlopen.".to_owned()) };
        let cart = CartView { code: Some(code), ..CartView::default() };

        let page = html(discount_code(&cart, "kortingscode", "/afrekenen/controle"));

        for part in [
            "action=\"/api/cart/discount/remove\"",
            "name=\"back\" value=\"/afrekenen/controle\"",
            "aria-label=\"Verwijder kortingscode WELKOM5\"",
            "Telt nu niet mee. Deze code is verlopen.",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert!(!page.contains("<details"), "{page}");
    }

    #[test]
    fn the_discount_among_the_sums_has_a_minus_that_is_also_heard() {
        let row = html(discount_row("WELKOM5", Money::cents(500)).into_any());

        assert!(row.contains("Korting (WELKOM5)"), "{row}");
        assert!(row.contains("<span class=\"weg\">min </span><span aria-hidden=\"true\">−</span>€\u{a0}5,00"), "{row}");
        assert!(discount_row("", Money::ZERO).is_none());
    }
}
