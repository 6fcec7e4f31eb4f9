//! How did it fit? Asked on the page of an order that was sent, one vote per line (rule P4). Made on the server: plain forms.

use crate::api::checkout::VoteFit;
use crate::text;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use shop_core::catalog::Fit;

/// A line to ask about.
#[derive(Debug, Clone)]
pub struct Worn {
    /// Its place in the order, from 0.
    pub line: u32,
    /// `Jurk Madelief, maat 98/104`.
    pub name: String,
    /// What she said before.
    pub said: Option<Fit>,
}

/// The panel; nothing to ask, no panel.
pub fn panel(number: &str, lines: &[Worn]) -> Option<AnyView> {
    if lines.is_empty() {
        return None;
    }
    let questions: Vec<AnyView> = lines.iter().map(|line| question(number, line)).collect();
    let thanks = lines
        .iter()
        .any(|line| line.said.is_some())
        .then(|| view! { <p role="status">"Dank je wel. Je mag je antwoord altijd veranderen."</p> });
    Some(
        view! {
            <section class="paneel" id="pasvorm" aria-labelledby="pasvorm-titel">
                <h2 class="fs-2" id="pasvorm-titel">
                    "Hoe viel de maat?"
                </h2>
                {thanks}
                <ul class="stack">{questions}</ul>
                <p class="klein grijs">
                    "Andere ouders zien bij het artikel alleen hoeveel stemmen er zijn, nooit van wie."
                </p>
            </section>
        }
        .into_any(),
    )
}

fn question(number: &str, worn: &Worn) -> AnyView {
    let answers: Vec<AnyView> = Fit::ALL
        .into_iter()
        .map(|fit| {
            let pressed = if worn.said == Some(fit) { "true" } else { "false" };
            view! {
                <button class="chip" name="fit" value=fit.name() aria-pressed=pressed>
                    {text::fit(fit)}
                </button>
            }
            .into_any()
        })
        .collect();
    let name = format!("pasvorm-{}", worn.line);
    view! {
        <li>
            <form class="stack stack--s" method="post" action=VoteFit::PATH>
                <input type="hidden" name="number" value=number.to_owned() />
                <input type="hidden" name="line" value=worn.line.to_string() />
                <p id=name.clone()>{worn.name.clone()}</p>
                <div class="chips" role="group" aria-labelledby=name>{answers}</div>
            </form>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_asked_once_and_the_answer_given_is_pressed() {
        let lines = [
            Worn { line: 0, name: "Jurk Madelief, maat 98/104".to_owned(), said: Some(Fit::Right) },
            Worn { line: 2, name: "Legging Rib, maat 98/104".to_owned(), said: None },
        ];

        let html = panel("AG100001", &lines).map(|view| view.to_html()).unwrap_or_default();

        assert_eq!(html.matches("<form").count(), 2);
        assert_eq!(html.matches(r#"aria-pressed="true""#).count(), 1, "{html}");
        assert_eq!(html.matches(r#"aria-pressed="false""#).count(), 5, "{html}");
        assert!(html.contains(r#"value="2""#) && html.contains("Klein") && html.contains("Precies"), "{html}");
        assert!(panel("AG100001", &[]).is_none());
    }
}
