//! Questions of the contact form: the list, and one with its answers.

use super::layout::{Frame, Place, desk, field_error};
use super::{paths, privacy, words};
use crate::components::icon::icon;
use leptos::prelude::*;
use shop_flows::manage::{InboxPage, QuestionFile};
use shop_flows::ports::{Clock, Question, QuestionMessage};

/// What was typed as an answer, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedAnswer {
    /// The words.
    pub text: String,
    /// A sentence.
    pub mistake: Option<String>,
}

/// The list.
pub fn page(frame: Frame, clock: &dyn Clock, inbox: &InboxPage) -> String {
    let list = |questions: &[Question], none: &'static str| {
        if questions.is_empty() {
            return view! { <p class="grijs">{none}</p> }.into_any();
        }
        let rows = questions.iter().map(|question| row(clock, question)).collect_view();
        view! { <ul class="taken">{rows}</ul> }.into_any()
    };
    let body = view! {
        <h1>"Vragen"</h1>
        <section class="paneel paneel--haver">
            <h2>"Wacht op antwoord"</h2>
            {list(&inbox.open, "Alles is beantwoord.")}
        </section>
        <section class="paneel">
            <h2>"Afgehandeld"</h2>
            {list(&inbox.closed, "Nog niets.")}
            <p class="klein grijs">"Twee jaar na het afhandelen wist de winkel een vraag vanzelf."</p>
        </section>
    };
    desk(frame, Place::Inbox, "Vragen", body.into_any())
}

fn row(clock: &dyn Clock, question: &Question) -> AnyView {
    let about = question.order.as_ref().map(|order| [" · bestelling ", order].concat());
    view! {
        <li>
            {icon("message-circle")}
            <span>
                <strong class="breek">{question.name.clone()}</strong>
                <br />
                <span class="klein grijs breek">{words::recent(clock, question.asked_at)} {about}</span>
            </span>
            <a class="btn btn--rustig btn--klein" href=paths::question(question.id)>
                "Open"
            </a>
        </li>
    }
    .into_any()
}

/// One question.
pub fn one(frame: Frame, clock: &dyn Clock, file: &QuestionFile, typed: &TypedAnswer) -> String {
    let question = &file.question;
    let title = ["Vraag van ", &question.name].concat();
    let order =
        question.order.clone().map(|order| view! { <div><dt>"Bestelling"</dt><dd class="breek">{order}</dd></div> });
    let standing = match question.closed_at {
        Some(at) => ["afgehandeld, ", &words::moment(clock, at)].concat(),
        None => "wacht op antwoord".to_owned(),
    };
    let thread = file.messages.iter().map(|message| written(clock, question, message)).collect_view();
    let (label, value) =
        if question.closed_at.is_some() { ("Open weer", "nee") } else { ("Sluit zonder antwoord", "ja") };
    let heading = title.clone();
    let body = view! {
        <p>
            <a class="link" href=paths::INBOX>
                "Alle vragen"
            </a>
        </p>
        <h1 class="breek">{heading}</h1>
        <section class="paneel">
            <dl class="feiten">
                <div>
                    <dt>"E-mailadres"</dt>
                    <dd class="breek">{question.email.as_str().to_owned()}" (niet bewezen)"</dd>
                </div>
                {order}
                <div>
                    <dt>"Stand"</dt>
                    <dd>{standing}</dd>
                </div>
            </dl>
        </section>
        {thread}
        {answer(question, typed)}
        <form method="post" action=paths::question_step(question.id, "sluiten")>
            <input type="hidden" name="sluiten" value=value />
            <button class="btn btn--rustig">{label}</button>
        </form>
    };
    desk(frame, Place::Inbox, &title, body.into_any())
}

fn written(clock: &dyn Clock, question: &Question, message: &QuestionMessage) -> AnyView {
    let who = if message.is_answer { message.actor.clone() } else { question.name.clone() };
    view! {
        <article class="paneel stack stack--s">
            <h2 class="fs-1 breek">{who}</h2>
            <p class="klein grijs">{words::moment(clock, message.at)}</p>
            {privacy::lines(&message.body)}
        </article>
    }
    .into_any()
}

fn answer(question: &Question, typed: &TypedAnswer) -> AnyView {
    let is_wrong = typed.mistake.is_some();
    let mistake = typed.mistake.clone().map(|text| field_error("antwoord-fout", text));
    let described = if is_wrong { "antwoord-fout antwoord-hulp" } else { "antwoord-hulp" };
    view! {
        <section class="paneel">
            <h2>"Antwoord"</h2>
            <form class="stack" method="post" action=paths::question_step(question.id, "antwoord")>
                <div class="veld">
                    <label r#for="antwoord">"Je antwoord"</label>
                    <textarea
                        class="in"
                        id="antwoord"
                        name="antwoord"
                        rows="8"
                        aria-invalid=is_wrong.then_some("true")
                        aria-describedby=described
                    >
                        {typed.text.clone()}
                    </textarea>
                    {mistake}
                    <p class="hulp" id="antwoord-hulp">
                        "Gaat per mail. Noem alleen iets uit een bestelling als je weet dat dit het adres van die klant is."
                    </p>
                </div>
                <label class="keus">
                    <input r#type="checkbox" name="open" value="ja" />
                    "Laat de vraag open staan"
                </label>
                <button class="btn self-start">"Verstuur het antwoord"</button>
            </form>
        </section>
    }
    .into_any()
}
