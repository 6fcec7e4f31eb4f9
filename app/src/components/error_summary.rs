//! What to look at again, on top of a form that was sent: gets the focus, leads to each field.

use crate::text;
use leptos::prelude::*;
use shop_core::checkout::FieldError;

/// The summary; nothing when nothing is wrong. It stays as it was sent, so fields do not jump while she repairs them.
#[component]
pub fn ErrorSummary(errors: Vec<FieldError>) -> impl IntoView {
    (!errors.is_empty()).then(|| {
        let title = text::fields_to_check(errors.len());
        let links = errors
            .into_iter()
            .map(|error| {
                view! {
                    <li>
                        // The router leaves a bare fragment to the browser, which moves focus into the field.
                        <a href=format!("#{}", error.field.name()) rel="external">
                            {format!("{}: {}", text::field_name(error.field), text::mistake(error.field, error.mistake))}
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="fout-overzicht" tabindex="-1" autofocus=true role="group" aria-labelledby="fout-titel">
                <h2 id="fout-titel">{title}</h2>
                <ul>{links}</ul>
            </div>
        }
    })
}

/// The title of a page with a form: begins with `Fout: ` when something is wrong.
pub fn form_title(title: &str, errors: &[FieldError]) -> String {
    if errors.is_empty() { title.to_owned() } else { format!("Fout: {title}") }
}
