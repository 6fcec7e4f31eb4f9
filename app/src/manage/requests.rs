//! The desk for requests about personal data: the list with its lights, the form for a new one, and one with its trail.

use super::form::{Choices, area, choice, line};
use super::layout::{Frame, Place, desk, message};
use super::privacy::{self, tabs};
use super::{paths, words};
use crate::components::icon::icon;
use leptos::prelude::*;
use shop_core::privacy::deadline::Light;
use shop_core::privacy::request::{Channel, Outcome, RECOURSE, Request, RequestKind};
use shop_core::time::Day;
use shop_flows::manage::{RequestField, RequestFile, RequestsPage, TypedRequest};
use shop_flows::ports::Clock;

const WRONG_KIND: &str = "Kies wat er gevraagd wordt.";
const WRONG_CHANNEL: &str = "Kies hoe het binnenkwam.";
const WRONG_NAME: &str = "Vul een naam in, hoogstens 120 letters.";
const WRONG_CONTACT: &str = "Vul in waar het antwoord heen gaat, hoogstens 200 letters.";
const WRONG_ABOUT: &str = "Dit is te lang. Maak het korter.";
const WRONG_RECEIVED: &str = "Vul de dag in waarop het binnenkwam: vandaag of eerder, hoogstens een jaar geleden.";
const WRONG_REASON: &str = "Schrijf op waarom het langer duurt. De klant moet dat binnen de eerste maand horen.";
const WRONG_OUTCOME: &str = "Kies wat ervan kwam.";
const WRONG_ANSWER: &str = "Schrijf op wat je antwoordde.";

/// What was typed on the page of one request, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedEnd {
    /// Why it takes longer.
    pub reason: String,
    /// What came of it, by name.
    pub outcome: String,
    /// The answer.
    pub answer: String,
    /// Fields to look at again.
    pub wrong: Vec<RequestField>,
}

/// The list, with the form for a new one as it was typed.
pub fn page(frame: Frame, page: &RequestsPage, typed: &TypedRequest, wrong: &[RequestField]) -> String {
    let open = page.open.iter().map(|request| row(request, page.today)).collect_view();
    let open = if page.open.is_empty() {
        view! { <p class="grijs">"Er ligt geen verzoek."</p> }.into_any()
    } else {
        view! { <ul class="taken">{open}</ul> }.into_any()
    };
    let closed = page.closed.iter().map(|request| row(request, page.today)).collect_view();
    let closed = (!page.closed.is_empty()).then(|| {
        view! {
            <section class="paneel">
                <h2>"Afgehandeld"</h2>
                <ul class="taken">{closed}</ul>
            </section>
        }
    });
    let body = view! {
        <h1>"Verzoeken over gegevens"</h1>
        {tabs(paths::REQUESTS)}
        <section class="paneel paneel--haver">
            <h2>"Te beantwoorden"</h2>
            {open}
        </section>
        {form(typed, wrong, page.today)}
        {closed}
    };
    desk(frame, Place::Privacy, "Verzoeken over gegevens", body.into_any())
}

fn row(request: &Request, today: Day) -> AnyView {
    let standing = match &request.closed {
        Some(closed) => view! { <span class="badge badge--info">{closed.outcome.title()}</span> }.into_any(),
        None => light(request, today),
    };
    view! {
        <li>
            {icon("file-text")}
            <span>
                <strong class="breek">{[request.kind.title(), ", ", &request.name].concat()}</strong>
                <br />
                <span class="klein grijs">{["binnen op ", &request.received.long()].concat()}</span>
                <br />
                {standing}
            </span>
            <a class="btn btn--rustig btn--klein" href=paths::request(request.id)>
                "Open"
            </a>
        </li>
    }
    .into_any()
}

/// How near the last day is, in a colour and in words.
fn light(request: &Request, today: Day) -> AnyView {
    let deadline = request.deadline();
    let class = match deadline.light(today) {
        Light::Green => "badge badge--goed",
        Light::Yellow => "badge badge--info",
        Light::Orange => "badge badge--let",
        Light::Red => "badge badge--fout",
    };
    let left = match deadline.days_left(today) {
        0 => "vandaag de laatste dag".to_owned(),
        left @ 1.. => ["nog ", &words::count_of(usize::try_from(left).unwrap_or(0), "dag", "dagen")].concat(),
        past => words::count_of(usize::try_from(-past).unwrap_or(0), "dag te laat", "dagen te laat"),
    };
    view! { <span class=class>{["uiterlijk ", &deadline.last_day().long(), ": ", &left].concat()}</span> }.into_any()
}

fn form(typed: &TypedRequest, wrong: &[RequestField], today: Day) -> AnyView {
    let kinds: Choices = RequestKind::ALL.iter().map(|kind| (kind.name(), kind.title())).collect();
    let channels: Choices = Channel::ALL.iter().map(|channel| (channel.name(), channel.title())).collect();
    let mistake = |field, text: &'static str| wrong.contains(&field).then_some(text);
    let received = if typed.received.is_empty() { today.iso() } else { typed.received.clone() };
    view! {
        <section class="paneel">
            <h2>"Nieuw verzoek"</h2>
            <form class="stack" method="post" action=paths::REQUESTS>
                <div class="velden">
                    {choice("soort", "Wat er gevraagd wordt", &kinds, &typed.kind, mistake(RequestField::Kind, WRONG_KIND))}
                    {choice("kanaal", "Hoe het binnenkwam", &channels, &typed.channel, mistake(RequestField::Channel, WRONG_CHANNEL))}
                    {line("ontvangen", "Dag van ontvangst", "date", &received, mistake(RequestField::Received, WRONG_RECEIVED))}
                    {line("naam", "Van wie", "text", &typed.name, mistake(RequestField::Name, WRONG_NAME))}
                    {line("contact", "Waar het antwoord heen gaat", "text", &typed.contact, mistake(RequestField::Contact, WRONG_CONTACT))}
                    {area("over", "Wat precies (mag leeg)", &typed.about, mistake(RequestField::About, WRONG_ABOUT))}
                </div>
                <p class="klein grijs">
                    "Vraag geen kopie van een identiteitsbewijs. Wie inlogt, of schrijft vanaf het mailadres dat je al kent, heeft genoeg laten zien."
                </p>
                <button class="btn self-start">"Zet op de lijst"</button>
            </form>
        </section>
    }
    .into_any()
}

/// One request.
pub fn one(frame: Frame, clock: &dyn Clock, file: &RequestFile, typed: &TypedEnd) -> String {
    let request = &file.request;
    let title = [request.kind.title(), ", ", &request.name].concat();
    let heading = title.clone();
    let extension = request.extension.clone().map(|reason| fact("Verlengd omdat", reason));
    let end = match &request.closed {
        Some(closed) => {
            let answer = closed.answer.clone();
            view! {
                <section class="paneel stack stack--s">
                    <h2>{closed.outcome.title()}</h2>
                    <p class="klein grijs">{words::moment(clock, closed.at)}</p>
                    {privacy::lines(&answer)}
                </section>
            }
            .into_any()
        }
        None => view! { {extend(file, typed)} {close(request, typed)} }.into_any(),
    };
    let standing = request.closed.is_none().then(|| light(request, file.today));
    let about = (!request.about.is_empty()).then(|| fact("Wat precies", request.about.clone()));
    let body = view! {
        <p>
            <a class="link" href=paths::REQUESTS>
                "Alle verzoeken"
            </a>
        </p>
        <h1 class="breek">{heading}</h1>
        <p>{standing}</p>
        <section class="paneel">
            <dl class="feiten">
                {fact("Binnen op", request.received.long())} {fact("Hoe", request.channel.title().to_owned())}
                {fact("Antwoord naar", request.contact.clone())} {about} {extension}
            </dl>
        </section>
        {end}
        {privacy::trail(clock, &file.steps)}
    };
    desk(frame, Place::Privacy, &title, body.into_any())
}

fn fact(name: &'static str, value: String) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd class="breek">{value}</dd>
        </div>
    }
    .into_any()
}

fn extend(file: &RequestFile, typed: &TypedEnd) -> AnyView {
    let request = &file.request;
    let deadline = request.deadline();
    if request.extension.is_some() {
        return ().into_any();
    }
    if !deadline.may_extend(file.today) {
        let text = "Verlengen kan niet meer: dat moet binnen de eerste maand.".to_owned();
        return message(false, text);
    }
    let mistake = typed.wrong.contains(&RequestField::Reason).then_some(WRONG_REASON);
    view! {
        <details class="paneel" open=mistake.is_some()>
            <summary>"Meer tijd nodig"</summary>
            <form class="stack" method="post" action=paths::request_step(request.id, "verlengen")>
                <p>
                    {[
                        "Is het verzoek ingewikkeld, dan mag het twee maanden langer duren. Vertel de klant dat en waarom, uiterlijk op ",
                        &deadline.last_day_to_extend().long(),
                        ".",
                    ]
                        .concat()}
                </p>
                {area("reden", "Waarom het langer duurt", &typed.reason, mistake)}
                <button class="btn btn--rustig self-start">"Verleng met twee maanden"</button>
            </form>
        </details>
    }
    .into_any()
}

fn close(request: &Request, typed: &TypedEnd) -> AnyView {
    let outcomes: Choices = Outcome::ALL.iter().map(|outcome| (outcome.name(), outcome.title())).collect();
    let mistake = |field, text: &'static str| typed.wrong.contains(&field).then_some(text);
    let answer = if typed.answer.is_empty() && typed.wrong.is_empty() {
        request.kind.answer().to_owned()
    } else {
        typed.answer.clone()
    };
    view! {
        <section class="paneel">
            <h2>"Antwoord"</h2>
            <form class="stack" method="post" action=paths::request_step(request.id, "sluiten")>
                {choice("uitkomst", "Wat ervan kwam", &outcomes, &typed.outcome, mistake(RequestField::Outcome, WRONG_OUTCOME))}
                {area("antwoord", "Wat je antwoordt", &answer, mistake(RequestField::Answer, WRONG_ANSWER))}
                <p class="klein grijs">
                    "Stuur dit antwoord zelf, langs de weg waarlangs de vraag kwam. Wie niet alles krijgt wat hij vroeg, leest ook dit, dat komt er vanzelf onder: "
                    {RECOURSE}
                </p>
                <button class="btn self-start">"Sluit het verzoek"</button>
            </form>
        </section>
    }
    .into_any()
}
