//! Letters of the newsletter: the list, writing one with what it will look like, the step before it leaves, and what became of it. No page
//! says who opened a letter: nobody knows.

use super::layout::{Frame, Place, desk, message};
use super::{paths, words};
use leptos::prelude::*;
use shop_core::newsletter::letter::{Letter, LetterMistake, LetterState};
use shop_flows::manage::{LetterFile, LetterTrouble};
use shop_flows::newsletter::letters::{Part, Shown};
use shop_flows::ports::{Clock, DeliveryCounts};

/// What somebody typed into the form of a letter, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// Subject.
    pub subject: String,
    /// The text with its blocks.
    pub text: String,
    /// What is wrong.
    pub trouble: Option<String>,
}

/// A sentence about why it was not kept or sent.
pub fn trouble(trouble: &LetterTrouble) -> String {
    match trouble {
        LetterTrouble::Written(LetterMistake::Subject) => "Schrijf een onderwerp van hooguit 120 tekens.".to_owned(),
        LetterTrouble::Written(LetterMistake::Empty) => "De brief is nog leeg.".to_owned(),
        LetterTrouble::Written(LetterMistake::TooLong) => "De brief is te lang. Houd het bij 20.000 tekens.".to_owned(),
        LetterTrouble::Written(LetterMistake::Product(name)) => {
            format!(
                "Dit is geen naam van een artikel, of het zijn er meer dan zes: {name}. Een naam staat in het adres van het artikel, zoals jurk-madelief."
            )
        }
        LetterTrouble::Unknown(slug) => format!("Er is geen artikel met de naam {slug} in de winkel."),
        LetterTrouble::Left => {
            "Deze brief is al op weg of staat klaar. Wacht hij nog, roep hem dan eerst terug.".to_owned()
        }
        LetterTrouble::Past => "Kies een dag en een tijd die nog komen.".to_owned(),
        LetterTrouble::Shop(error) => words::trouble(error),
    }
}

/// The list, with the form for a new letter.
pub fn list(frame: Frame, clock: &dyn Clock, letters: &[Letter], subscribers: u32, typed: Typed) -> String {
    let title = if typed.trouble.is_some() { "Fout: Nieuwsbrief" } else { "Nieuwsbrief" };
    let rows = if letters.is_empty() {
        view! { <p class="grijs">"Er zijn nog geen brieven."</p> }.into_any()
    } else {
        let rows = letters
            .iter()
            .map(|letter| {
                view! {
                    <tr>
                        <td class="breed breek">
                            <a href=paths::letter(letter.id)>{letter.subject.clone()}</a>
                        </td>
                        <td class="grijs nowrap">{words::moment(clock, letter.made_at)}</td>
                        <td class="breed">{standing(clock, letter.state)}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <table class="tabel tabel--stapel">
                <thead>
                    <tr>
                        <th scope="col">"Onderwerp"</th>
                        <th scope="col">"Begonnen"</th>
                        <th scope="col">"Stand"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    let body = view! {
        <h1>"Nieuwsbrief"</h1>
        {typed.trouble.clone().map(|text| message(false, text))}
        <p>
            {on_the_list(subscribers)} " "
            <a class="link" href=paths::READER>
                "Zoek een adres op of meld het af"
            </a>
        </p>
        <section class="paneel">
            <h2>"Brieven"</h2>
            {rows}
        </section>
        <section class="paneel">
            <h2>"Nieuwe brief"</h2>
            {form(paths::LETTERS, &typed)}
        </section>
    };
    desk(frame, Place::Letters, title, body.into_any())
}

/// One letter: to be written, or what became of it; and how it looks.
pub fn one(frame: Frame, clock: &dyn Clock, file: &LetterFile, parts: &[Part], typed: Typed) -> String {
    let letter = &file.letter;
    let steps = match letter.state {
        LetterState::Draft => view! {
            <section class="paneel">
                <h2>"Schrijven"</h2>
                {form(&paths::letter(letter.id), &typed)}
            </section>
            <section class="paneel">
                <h2>"Versturen"</h2>
                <div class="row">
                    <form method="post" action=paths::letter_step(letter.id, "proef")>
                        <button class="btn btn--rustig">"Stuur een proef naar de winkel"</button>
                    </form>
                    <a class="btn" href=paths::letter_step(letter.id, "versturen")>
                        "Naar versturen"
                    </a>
                </div>
                <p class="klein grijs">"Bewaar eerst; wat je nog niet bewaarde, gaat niet mee."</p>
            </section>
        }
        .into_any(),
        LetterState::Scheduled { .. } => view! {
            <section class="paneel">
                <h2>"Deze brief staat klaar"</h2>
                <form method="post" action=paths::letter_step(letter.id, "terug")>
                    <button class="btn btn--rustig">"Roep hem terug"</button>
                </form>
            </section>
        }
        .into_any(),
        LetterState::Sending { .. } | LetterState::Sent { .. } => counted(&file.counts),
    };
    let title = if typed.trouble.is_some() { "Fout: Nieuwsbrief" } else { "Nieuwsbrief" };
    let body = view! {
        <p>
            <a class="link" href=paths::LETTERS>"Alle brieven"</a>
        </p>
        <h1 class="breek">{letter.subject.clone()}</h1>
        <p>{standing(clock, letter.state)}</p>
        {typed.trouble.clone().map(|text| message(false, text))}
        {steps}
        <section class="paneel">
            <h2>"Zo ziet hij eruit"</h2>
            <div class="brieven">
                <div class="brief brief--smal" role="group" aria-label="Op een telefoon">{shown(parts)}</div>
                <div class="brief" role="group" aria-label="Op een groot scherm">{shown(parts)}</div>
            </div>
        </section>
    };
    desk(frame, Place::Letters, title, body.into_any())
}

/// The step before it leaves.
pub fn confirm(frame: Frame, file: &LetterFile, problem: Option<String>) -> String {
    let letter = &file.letter;
    let title = if problem.is_some() { "Fout: Brief versturen" } else { "Brief versturen" };
    let body = view! {
        <h1>"Brief versturen"</h1>
        {problem.map(|text| message(false, text))}
        <section class="paneel">
            <p class="groot breek">{letter.subject.clone()}</p>
            <p>{on_the_list(file.subscribers)}</p>
            <p class="klein grijs">"Wie zich afmeldt voordat haar brief weg is, krijgt hem niet. Wat weg is, kun je niet terughalen."</p>
            <form class="stack" method="post" action=paths::letter_step(letter.id, "versturen")>
                <fieldset class="veld">
                    <legend>"Wanneer"</legend>
                    <label class="keus">
                        <input r#type="radio" name="wanneer" value="nu" required />
                        "Nu"
                    </label>
                    <label class="keus">
                        <input r#type="radio" name="wanneer" value="later" />
                        "Op deze dag en tijd"
                    </label>
                </fieldset>
                <div class="velden">
                    <div class="veld k3">
                        <label r#for="dag">"Dag"</label>
                        <input class="in" id="dag" name="dag" r#type="date" />
                    </div>
                    <div class="veld k3">
                        <label r#for="tijd">"Tijd"</label>
                        <input class="in" id="tijd" name="tijd" r#type="time" />
                    </div>
                </div>
                <div class="row">
                    <button class="btn">"Ja, verstuur de brief"</button>
                    <a class="link" href=paths::letter(letter.id)>"Nog niet"</a>
                </div>
            </form>
        </section>
    };
    desk(frame, Place::Letters, title, body.into_any())
}

fn on_the_list(subscribers: u32) -> String {
    match subscribers {
        0 => "Er staat nog niemand op de lijst.".to_owned(),
        1 => "Er staat 1 adres op de lijst.".to_owned(),
        many => format!("Er staan {many} adressen op de lijst."),
    }
}

fn standing(clock: &dyn Clock, state: LetterState) -> String {
    match state {
        LetterState::Draft => "Concept".to_owned(),
        LetterState::Scheduled { at } => format!("Staat klaar voor {}", words::moment(clock, at)),
        LetterState::Sending { at } => format!("Op weg sinds {}", words::moment(clock, at)),
        LetterState::Sent { at } => format!("Verstuurd, {}", words::moment(clock, at)),
    }
}

fn counted(counts: &DeliveryCounts) -> AnyView {
    let rows = [
        ("Wacht nog", counts.queued),
        ("Verstuurd", counts.sent),
        ("Geweigerd door de mailserver", counts.bounced),
        ("Nu bezig, of onderbroken: niemand weet of hij aankwam, en hij gaat niet nog eens", counts.unsure),
        ("Afgemeld voor de beurt", counts.skipped),
        ("Afgemeld na deze brief", counts.left),
    ];
    let rows = rows
        .map(|(name, count)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="num">{count}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="paneel">
            <h2>"Hoe het gaat"</h2>
            <table class="tabel">
                <tbody>{rows}</tbody>
            </table>
            <p class="klein grijs">"We meten niet wie een brief opent of waar iemand op tikt."</p>
        </section>
    }
    .into_any()
}

fn form(action: &str, typed: &Typed) -> AnyView {
    view! {
        <form class="stack" method="post" action=action.to_owned()>
            <div class="veld">
                <label r#for="onderwerp">"Onderwerp"</label>
                <input class="in" id="onderwerp" name="onderwerp" autocomplete="off" value=typed.subject.clone() />
            </div>
            <div class="veld">
                <label r#for="tekst">"Brief"</label>
                <textarea
                    class="in"
                    id="tekst"
                    name="tekst"
                    rows="16"
                    aria-describedby="tekst-hulp"
                >
                    {typed.text.clone()}
                </textarea>
                <p class="hulp" id="tekst-hulp">
                    "Een lege regel begint een nieuw blok. Een kop begint met # en een spatie. Een foto: foto: jurk-madelief. Artikelen naast elkaar, hooguit zes: artikelen: jurk-madelief, broek-fietsen. Wie haar voornaam gaf, leest eerst Dag met haar naam."
                </p>
            </div>
            <button class="btn self-start">"Bewaar en bekijk"</button>
        </form>
    }
    .into_any()
}

fn shown(parts: &[Part]) -> AnyView {
    parts.iter().map(part).collect_view().into_any()
}

fn part(part: &Part) -> AnyView {
    match part {
        Part::Heading(text) => view! { <h3 class="fs-3">{text.clone()}</h3> }.into_any(),
        Part::Text(lines) => {
            view! { <p>{lines.iter().map(|line| view! { {line.clone()} <br /> }).collect_view()}</p> }.into_any()
        }
        Part::Picture(product) => picture(product),
        Part::Products(products) => products
            .iter()
            .map(|product| {
                view! {
                    {picture(product)}
                    <p>
                        <strong>{product.title.clone()}</strong>
                        <br />
                        {product.price.clone()}
                    </p>
                }
            })
            .collect_view()
            .into_any(),
    }
}

fn picture(product: &Shown) -> AnyView {
    product.picture.clone().map(|(path, alt)| view! { <img src=path alt=alt loading="lazy" /> }).into_any()
}
