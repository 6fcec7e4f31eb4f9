//! Background work that was given up: what it was, why it failed, and another chance.

use super::layout::{Frame, Place, desk};
use super::words;
use crate::components::icon::icon;
use leptos::prelude::*;
use shop_flows::ports::{Clock, DeadJob};

/// The page.
pub fn page(frame: Frame, clock: &dyn Clock, jobs: Vec<DeadJob>) -> String {
    let rows = jobs
        .into_iter()
        .map(|job| {
            let tries = words::count_of(usize::try_from(job.tries).unwrap_or(0), "keer geprobeerd", "keer geprobeerd");
            view! {
                <li>
                    {icon("triangle-alert")}
                    <span>
                        <strong>{words::job(&job.kind)}</strong>
                        <br />
                        <span class="klein grijs">{format!("{tries}, opgegeven {}", words::recent(clock, job.at))}</span>
                        <br />
                        <span class="klein breek">{job.error}</span>
                    </span>
                    <form method="post" action=format!("/beheer/taken/{}/opnieuw", job.id)>
                        <button class="btn btn--rustig btn--klein">"Probeer opnieuw"</button>
                    </form>
                </li>
            }
        })
        .collect_view();
    let list = if rows.is_empty() {
        view! { <p>"Alles is gelukt. Hier staat alleen wat na vele pogingen bleef misgaan."</p> }.into_any()
    } else {
        view! { <ul class="taken">{rows}</ul> }.into_any()
    };
    let body = view! {
        <h1>"Mislukte taken"</h1>
        <section class="paneel">{list}</section>
    };
    desk(frame, Place::Jobs, "Mislukte taken", body.into_any())
}
