//! Page links. They are real links, so a list can be read to its end without script and the footer stays within reach (rule L5).

use super::icon::small_icon;
use crate::routes;
use leptos::prelude::*;
use shop_core::catalog::Filter;

/// Links to the pages of a list: the first, the last, and those around this one.
pub fn pagination(filter: &Filter, page: u32, pages: u32) -> Option<AnyView> {
    if pages < 2 {
        return None;
    }
    let href = |number: u32| routes::list(&Filter { page: number, ..filter.clone() });
    let arrow = |number: Option<u32>, name: &'static str, drawing: &'static str| match number {
        Some(number) => view! {
            <a href=href(number) aria-label=name>
                {small_icon(drawing)}
            </a>
        }
        .into_any(),
        None => view! {
            <span class="grijs" aria-hidden="true">
                {small_icon(drawing)}
            </span>
        }
        .into_any(),
    };
    let mut before = 0;
    let mut links: Vec<AnyView> = Vec::new();
    for number in shown(page, pages) {
        if number > before + 1 {
            links.push(view! { <span aria-hidden="true">"…"</span> }.into_any());
        }
        before = number;
        let current = (number == page).then_some("page");
        links.push(
            view! {
                <a href=href(number) aria-current=current>
                    <span class="weg">"Pagina "</span>
                    {number.to_string()}
                </a>
            }
            .into_any(),
        );
    }
    Some(
        view! {
            <nav class="pagina" aria-label="Pagina’s">
                {arrow(page.checked_sub(1).filter(|number| *number > 0), "Vorige pagina", "chevron-left")} {links}
                {arrow((page < pages).then_some(page + 1), "Volgende pagina", "chevron-right")}
            </nav>
        }
        .into_any(),
    )
}

fn shown(page: u32, pages: u32) -> Vec<u32> {
    (1..=pages).filter(|number| *number == 1 || *number == pages || number.abs_diff(page) <= 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_show_their_ends_and_the_pages_around() {
        assert_eq!(shown(5, 9), [1, 4, 5, 6, 9]);
        assert_eq!(shown(1, 3), [1, 2, 3]);
    }
}
