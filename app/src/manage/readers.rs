//! One address of the newsletter: what proves its yes or no, and the button that takes it off. The address stands in no address bar.

use super::layout::{Frame, Place, desk, message};
use super::{paths, words};
use leptos::prelude::*;
use shop_core::newsletter::{Channel, ConsentAction, words_of};
use shop_flows::manage::ReaderFile;
use shop_flows::ports::{Clock, Consent};

/// The question, with what was typed and what is wrong with it.
pub fn ask(frame: Frame, typed: &str, problem: Option<String>) -> String {
    let title = if problem.is_some() { "Fout: Adres opzoeken" } else { "Adres opzoeken" };
    let body = view! {
        {back()}
        <h1>"Adres opzoeken"</h1>
        {problem.map(|text| message(false, text))}
        {form(typed)}
    };
    desk(frame, Place::Letters, title, body.into_any())
}

/// What the shop knows of an address.
pub fn one(frame: Frame, clock: &dyn Clock, file: &ReaderFile) -> String {
    let proof = if file.proof.is_empty() {
        view! { <p class="grijs">"Van dit adres is geen ja en geen nee bewaard."</p> }.into_any()
    } else {
        let rows = file.proof.iter().map(|line| row(clock, line)).collect_view();
        view! {
            <table class="tabel tabel--stapel">
                <thead>
                    <tr>
                        <th scope="col">"Wanneer"</th>
                        <th scope="col">"Wat"</th>
                        <th scope="col">"Waar"</th>
                        <th scope="col">"Tekst die er stond"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    let email = file.email.as_str().to_owned();
    let body = view! {
        {back()}
        <h1 class="breek">{email.clone()}</h1>
        <p>{standing(file)}</p>
        <section class="paneel">
            <h2>"Bewijs"</h2>
            {proof}
        </section>
        <section class="paneel">
            <h2>"Afmelden"</h2>
            <p>"Voor wie het je in een mail of aan de telefoon vraagt. Het werkt meteen, ook voor een brief die al onderweg is."</p>
            <form method="post" action=paths::READER_OFF>
                <input type="hidden" name="email" value=email />
                <button class="btn btn--rustig">"Meld dit adres af"</button>
            </form>
        </section>
        {form("")}
    };
    desk(frame, Place::Letters, "Adres opzoeken", body.into_any())
}

fn back() -> AnyView {
    view! {
        <p>
            <a class="link" href=paths::LETTERS>
                "Alle brieven"
            </a>
        </p>
    }
    .into_any()
}

fn form(typed: &str) -> AnyView {
    view! {
        <form class="paneel stack" method="post" action=paths::READER>
            <div class="veld">
                <label r#for="email">"E-mailadres"</label>
                <input class="in" id="email" name="email" type="email" autocomplete="off" value=typed.to_owned() />
            </div>
            <button class="btn self-start">"Zoek op"</button>
        </form>
    }
    .into_any()
}

fn standing(file: &ReaderFile) -> &'static str {
    match (file.is_on_list, file.is_asked, file.is_suppressed) {
        (true, ..) => "Staat op de lijst.",
        (_, true, _) => "Er wacht een mail op een ja. Zolang dat er niet is, krijgt dit adres geen brieven.",
        (_, _, true) => "Staat niet op de lijst; we onthouden een nee.",
        _ => "Staat niet op de lijst.",
    }
}

fn row(clock: &dyn Clock, line: &Consent) -> AnyView {
    let action = match line.action {
        ConsentAction::Given => "Formulier ingevuld",
        ConsentAction::Confirmed => "Bevestigd via de mail",
        ConsentAction::Withdrawn => "Afgemeld",
    };
    let channel = match line.channel {
        Channel::Site => "Op de site",
        Channel::Checkout => "Bij het afrekenen",
        Channel::Account => "In het account",
        Channel::Letter => "Met de link in een brief",
        Channel::OneClick => "Met de knop van het mailprogramma",
        Channel::Owner => "Door de winkel, op verzoek",
    };
    // What stood beside the box matters for a yes.
    let text = match line.action {
        ConsentAction::Withdrawn => "",
        ConsentAction::Given | ConsentAction::Confirmed => words_of(&line.text.0, line.text.1).unwrap_or("onbekend"),
    };
    view! {
        <tr>
            <td class="nowrap">{words::moment(clock, line.at)}</td>
            <td>{action}</td>
            <td>{channel}</td>
            <td class="breed">{text}</td>
        </tr>
    }
    .into_any()
}
