//! The audit trail: who changed what, and who looked at which order; newest first.

use super::layout::{Frame, Place, desk};
use super::{paths, words};
use leptos::prelude::*;
use shop_flows::ports::{Audit, Clock, Trail};

/// The page.
pub fn page(frame: Frame, clock: &dyn Clock, trail: Trail, lines: Vec<Audit>) -> String {
    let (other, text) = match trail {
        Trail::Changes => (paths::LOOKS, "Wie keek naar een bestelling"),
        Trail::Looks => (paths::AUDIT, "Wat er veranderd is"),
    };
    let rows = lines
        .into_iter()
        .map(|line| {
            view! {
                <tr>
                    <td class="grijs nowrap">{words::moment(clock, line.at)}</td>
                    <td class="woord">{words::actor(&line.actor).to_owned()}</td>
                    <td class="breed">
                        <strong>{words::action(&line.action)}</strong>
                    </td>
                    <td class="breed breek">{line.subject}</td>
                    <td class="breed breek grijs">{words::audit_detail(&line.action, &line.detail)}</td>
                </tr>
            }
        })
        .collect_view();
    let body = view! {
        <h1>"Logboek"</h1>
        <p>
            <a class="btn btn--rustig" href=other>
                {text}
            </a>
        </p>
        <section class="paneel">
            <table class="tabel tabel--stapel">
                <thead>
                    <tr>
                        <th scope="col">"Wanneer"</th>
                        <th scope="col">"Wie"</th>
                        <th scope="col">"Wat"</th>
                        <th scope="col">"Waarvan"</th>
                        <th scope="col">"Hoe"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    };
    desk(frame, Place::Audit, "Logboek", body.into_any())
}
