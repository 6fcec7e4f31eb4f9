//! The search field: a plain GET form, and with script a combobox that suggests while typing (ARIA practices: editable combobox with a list).

use super::icon::icon;
use crate::api::catalog::{Suggestion, suggest};
use crate::routes;
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use leptos_router::location::Url;
use std::time::Duration;

/// Waits this long after the last key before it asks.
const PAUSE: Duration = Duration::from_millis(150);

/// The address of a search.
pub fn search_address(query: &str) -> String {
    [routes::SEARCH, "?q=", &Url::escape(query)].concat()
}

/// The field with its suggestions; `query` is what was asked last.
#[component]
pub fn SearchBox(query: String) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let found = RwSignal::new(Vec::<Suggestion>::new());
    // Which suggestion the arrow keys stand on.
    let at = RwSignal::new(None::<usize>);
    let open = move || found.with(|found| !found.is_empty());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let asked = StoredValue::new(0_u32);
    let go = use_navigate();

    let close = move || {
        found.set(Vec::new());
        at.set(None);
    };
    let stop = move || {
        asked.update_value(|asked| *asked += 1);
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    let ask = move |typed: String| {
        asked.update_value(|asked| *asked += 1);
        let mine = asked.get_value();
        spawn_local(async move {
            // No answer, no suggestions; searching itself still works.
            if let Ok(answer) = suggest(typed).await
                && asked.try_get_value() == Some(mine)
            {
                at.set(None);
                found.set(answer);
            }
        });
    };
    let typed = move |event| {
        stop();
        let text = event_target_value(&event);
        if text.trim().chars().count() < 2 {
            close();
            return;
        }
        timer.set_value(set_timeout(move || ask(text), PAUSE).ok());
    };
    let open_address = StoredValue::new(move |address: &str| go(address, Default::default()));
    let keys = move |event: web_sys::KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if count > 0 => {
                event.prevent_default();
                let down = event.key() == "ArrowDown";
                at.update(|at| *at = Some(step(*at, down, count)));
            }
            "Escape" if count > 0 => {
                event.prevent_default();
                stop();
                close();
            }
            "Enter" => {
                let chosen = at.get_untracked().and_then(|at| found.with_untracked(|found| found.get(at).cloned()));
                if let Some(chosen) = chosen {
                    event.prevent_default();
                    stop();
                    close();
                    open_address.with_value(|open| open(&chosen.href));
                }
            }
            _ => {}
        }
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        stop();
        close();
        let text = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        open_address.with_value(|open| open(&search_address(text.trim())));
    };
    let options = move || {
        found
            .get()
            .into_iter()
            .enumerate()
            .map(|(number, suggestion)| {
                view! {
                    // The link itself is the option: a link inside an option would be a control inside a control.
                    <li role="presentation">
                        <a
                            class="chip"
                            id=option_id(number)
                            role="option"
                            tabindex="-1"
                            href=suggestion.href
                            aria-selected=move || if at.get() == Some(number) { "true" } else { "false" }
                            aria-current=move || (at.get() == Some(number)).then_some("true")
                            on:click=move |_| {
                                stop();
                                close();
                            }
                        >
                            <span>{suggestion.label}</span>
                            <span class="klein">{suggestion.kind}</span>
                        </a>
                    </li>
                }
                .into_any()
            })
            .collect::<Vec<AnyView>>()
    };
    view! {
        <form role="search" class="stack" method="get" action=routes::SEARCH on:submit=submit>
            <label class="weg" for="q">
                "Zoek in de winkel"
            </label>
            <div class="row row--nowrap">
                <span class="zoekveld">
                    {icon("search")}
                    <input
                        class="in"
                        id="q"
                        name="q"
                        type="search"
                        enterkeyhint="search"
                        autocomplete="off"
                        spellcheck="false"
                        value=query
                        role="combobox"
                        aria-autocomplete="list"
                        aria-controls="voorstellen"
                        aria-expanded=move || if open() { "true" } else { "false" }
                        aria-activedescendant=move || at.get().map(option_id)
                        node_ref=field
                        on:input=typed
                        on:keydown=keys
                    />
                </span>
                <button class="btn">"Zoek"</button>
            </div>
            <ul id="voorstellen" role="listbox" aria-label="Voorstellen" class="chips">
                {options}
            </ul>
            <p class="weg" role="status">
                {move || {
                    let count = found.with(Vec::len);
                    (count > 0).then(|| [&count.to_string(), " voorstellen, kies met de pijltjes"].concat())
                }}
            </p>
        </form>
    }
    .into_any()
}

fn option_id(number: usize) -> String {
    ["voorstel-", &number.to_string()].concat()
}

fn step(at: Option<usize>, down: bool, count: usize) -> usize {
    match at {
        None if down => 0,
        None => count.saturating_sub(1),
        Some(at) if down => (at + 1) % count.max(1),
        Some(at) => at.checked_sub(1).unwrap_or(count.saturating_sub(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrows_go_round() {
        assert_eq!(
            [step(None, true, 3), step(Some(2), true, 3), step(None, false, 3), step(Some(0), false, 3)],
            [0, 0, 2, 2]
        );
    }
}
