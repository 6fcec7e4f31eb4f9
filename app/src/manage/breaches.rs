//! The log of breaches: the list with its clock of 72 hours, the form, and the text for the authority's own form.

use super::form::{Choices, area, choice, line};
use super::layout::{Frame, Place, desk};
use super::privacy::{self, tabs};
use super::{paths, words};
use crate::components::icon::icon;
use leptos::prelude::*;
use shop_core::privacy::breach::{Breach, Decision};
use shop_core::shop::Identity;
use shop_flows::manage::{BreachField, BreachFile, TypedBreach};
use shop_flows::ports::Clock;

const WRONG_AWARE: &str = "Vul dag en tijd in waarop je het ontdekte, niet in de toekomst.";
const WRONG_FACTS: &str = "Schrijf op wat er gebeurde.";
const WRONG_EFFECTS: &str = "Schrijf op wat het voor mensen kan betekenen.";
const WRONG_MEASURES: &str = "Schrijf op wat je eraan deed.";
const WRONG_DECISION: &str = "Kies wie het hoort.";
const WRONG_REASON: &str = "Schrijf op waarom je dat besloot.";

/// The list, with the form for a new one as it was typed.
pub fn page(
    frame: Frame,
    clock: &dyn Clock,
    breaches: &[Breach],
    typed: &TypedBreach,
    wrong: &[BreachField],
) -> String {
    let rows = breaches.iter().map(|breach| row(clock, breach)).collect_view();
    let list = if breaches.is_empty() {
        view! { <p class="grijs">"Er is niets gebeurd. Dat is goed nieuws."</p> }.into_any()
    } else {
        view! { <ul class="taken">{rows}</ul> }.into_any()
    };
    let mistake = wrong.contains(&BreachField::Aware).then_some(WRONG_AWARE);
    let body = view! {
        <h1>"Datalekken"</h1>
        {tabs(paths::BREACHES)}
        <section class="paneel paneel--haver">
            <h2>"Logboek"</h2>
            {list}
        </section>
        <section class="paneel">
            <h2>"Nieuw datalek"</h2>
            <form class="stack" method="post" action=paths::BREACHES>
                <p>
                    "Schrijf elk datalek op, ook een klein. Noem geen namen. Vanaf het moment dat je het weet heb je 72 uur om het te melden, ook in het weekend."
                </p>
                <div class="velden">
                    {line("dag", "Ontdekt op", "date", &typed.day, mistake)} {line("tijd", "Hoe laat", "time", &typed.time, mistake)}
                    {texts(typed, wrong)}
                </div>
                <button class="btn self-start">"Schrijf op"</button>
            </form>
        </section>
    };
    desk(frame, Place::Privacy, "Datalekken", body.into_any())
}

/// The texts and the decision; each may follow later, except what happened.
fn texts(typed: &TypedBreach, wrong: &[BreachField]) -> AnyView {
    let decisions: Choices = Decision::ALL.iter().map(|decision| (decision.name(), decision.words())).collect();
    let mistake = |field, text: &'static str| wrong.contains(&field).then_some(text);
    view! {
        {area("feiten", "Wat er gebeurde: met welke gegevens, van hoeveel mensen", &typed.facts, mistake(BreachField::Facts, WRONG_FACTS))}
        {area("gevolgen", "Wat het voor hen kan betekenen", &typed.effects, mistake(BreachField::Effects, WRONG_EFFECTS))}
        {area("maatregelen", "Wat je eraan deed", &typed.measures, mistake(BreachField::Measures, WRONG_MEASURES))}
        {choice("besluit", "Wie het hoort", &decisions, &typed.decision, mistake(BreachField::Decision, WRONG_DECISION))}
        {area("reden", "Waarom je dat besloot", &typed.reason, mistake(BreachField::Reason, WRONG_REASON))}
    }
    .into_any()
}

fn row(clock: &dyn Clock, breach: &Breach) -> AnyView {
    let start: String = breach.facts.chars().take(80).collect();
    view! {
        <li>
            {icon("triangle-alert")}
            <span>
                <strong class="breek">{start}</strong>
                <br />
                {standing(clock, breach)}
            </span>
            <a class="btn btn--rustig btn--klein" href=paths::breach(breach.id)>
                "Open"
            </a>
        </li>
    }
    .into_any()
}

/// Whether it is done, and otherwise until when the authority must know.
fn standing(clock: &dyn Clock, breach: &Breach) -> AnyView {
    let (class, text) = if let Some(at) = breach.closed_at {
        ("badge badge--info", ["afgehandeld op ", &clock.day(at).long()].concat())
    } else if breach.decision == Some(Decision::Keep) {
        ("badge badge--goed", "niet melden; nog af te sluiten".to_owned())
    } else {
        let until = breach.report_by();
        let class = if until <= clock.now() { "badge badge--fout" } else { "badge badge--let" };
        (class, ["melden bij de AP uiterlijk ", &words::moment(clock, until)].concat())
    };
    view! { <span class=class>{text}</span> }.into_any()
}

/// One breach.
pub fn one(
    frame: Frame,
    clock: &dyn Clock,
    file: &BreachFile,
    typed: Option<&TypedBreach>,
    wrong: &[BreachField],
) -> String {
    let breach = &file.breach;
    let known = TypedBreach {
        facts: breach.facts.clone(),
        effects: breach.effects.clone(),
        measures: breach.measures.clone(),
        decision: breach.decision.map(|decision| decision.name().to_owned()).unwrap_or_default(),
        reason: breach.reason.clone(),
        ..TypedBreach::default()
    };
    let contents = if breach.closed_at.is_some() {
        view! {
            <section class="paneel stack stack--s">
                {part("Wat er gebeurde", &breach.facts)} {part("Gevolgen", &breach.effects)} {part("Maatregelen", &breach.measures)}
                {part("Besluit", breach.decision.map(Decision::words).unwrap_or_default())} {part("Waarom", &breach.reason)}
            </section>
        }
        .into_any()
    } else {
        view! {
            <section class="paneel">
                <form class="stack" method="post" action=paths::breach(breach.id)>
                    <div class="velden">{texts(typed.unwrap_or(&known), wrong)}</div>
                    <div class="row">
                        <button class="btn" name="sluiten" value="nee">
                            "Bewaar"
                        </button>
                        <button class="btn btn--rustig" name="sluiten" value="ja">
                            "Bewaar en sluit af"
                        </button>
                    </div>
                </form>
            </section>
        }
        .into_any()
    };
    let body = view! {
        <p>
            <a class="link" href=paths::BREACHES>
                "Alle datalekken"
            </a>
        </p>
        <h1>"Datalek"</h1>
        <p>{["Ontdekt op ", &words::moment(clock, breach.aware_at), "."].concat()}</p>
        <p>{standing(clock, breach)}</p>
        <p>
            <a class="btn btn--rustig" href=paths::breach_file(breach.id)>
                "Tekst voor het meldformulier van de AP"
            </a>
        </p>
        {contents}
        {privacy::trail(clock, &file.steps)}
    };
    desk(frame, Place::Privacy, "Datalek", body.into_any())
}

fn part(name: &'static str, text: &str) -> AnyView {
    view! {
        <h2 class="fs-1">{name}</h2>
        {privacy::lines(text)}
    }
    .into_any()
}

/// What the form of the authority asks for (AVG art. 33(3)), in its order, to be copied.
pub fn report(clock: &dyn Clock, shop: &Identity, breach: &Breach) -> String {
    let or_later = |text: &str| {
        if text.is_empty() { "Nog niet bekend; volgt in een aanvulling.".to_owned() } else { text.to_owned() }
    };
    let decision = breach.decision.map_or("nog niet besloten", Decision::words);
    let parts = [
        (
            "Organisatie",
            format!("{}, {}, {} {}; KvK {}", shop.name, shop.street, shop.postal_code, shop.city, shop.kvk),
        ),
        ("Contactpersoon", format!("{}, {}", shop.email, shop.phone)),
        ("Ontdekt op", words::moment(clock, breach.aware_at)),
        ("Uiterste moment van melden (72 uur)", words::moment(clock, breach.report_by())),
        ("Aard van het datalek: welke gegevens, van hoeveel mensen", or_later(&breach.facts)),
        ("Waarschijnlijke gevolgen", or_later(&breach.effects)),
        ("Genomen of voorgestelde maatregelen", or_later(&breach.measures)),
        ("Besluit over melden", decision.to_owned()),
        ("Waarom", or_later(&breach.reason)),
    ];
    parts.iter().map(|(name, text)| [name, ":\n", text, "\n\n"].concat()).collect()
}
