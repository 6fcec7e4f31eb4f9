//! Fields of forms on the desk: a line, a text, a choice; each with its label and with what is wrong under it.

use super::layout::field_error;
use leptos::prelude::*;

/// What can be chosen: the word that is sent, and what is read.
pub type Choices = Vec<(&'static str, &'static str)>;

/// A field of one line.
pub fn line(
    id: &'static str,
    label: &'static str,
    kind: &'static str,
    value: &str,
    mistake: Option<&'static str>,
) -> AnyView {
    let error_id = [id, "-fout"].concat();
    let described = mistake.map(|_| error_id.clone());
    view! {
        <div class="veld k3">
            <label r#for=id>{label}</label>
            <input
                class="in"
                id=id
                name=id
                r#type=kind
                autocomplete="off"
                value=value.to_owned()
                aria-invalid=mistake.map(|_| "true")
                aria-describedby=described
            />
            {mistake.map(|text| field_error(&error_id, text))}
        </div>
    }
    .into_any()
}

/// A field of several lines.
pub fn area(id: &'static str, label: &'static str, value: &str, mistake: Option<&'static str>) -> AnyView {
    let error_id = [id, "-fout"].concat();
    let described = mistake.map(|_| error_id.clone());
    view! {
        <div class="veld">
            <label r#for=id>{label}</label>
            <textarea
                class="in"
                id=id
                name=id
                rows="5"
                aria-invalid=mistake.map(|_| "true")
                aria-describedby=described
            >
                {value.to_owned()}
            </textarea>
            {mistake.map(|text| field_error(&error_id, text))}
        </div>
    }
    .into_any()
}

/// A choice of one; nothing is chosen beforehand.
pub fn choice(
    id: &'static str,
    label: &'static str,
    choices: &Choices,
    value: &str,
    mistake: Option<&'static str>,
) -> AnyView {
    let error_id = [id, "-fout"].concat();
    let described = mistake.map(|_| error_id.clone());
    let options = choices
        .iter()
        .map(|(word, title)| {
            view! {
                <option value=*word selected=*word == value>
                    {*title}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="veld k3">
            <label r#for=id>{label}</label>
            <select class="in" id=id name=id aria-invalid=mistake.map(|_| "true") aria-describedby=described>
                <option value="">"Kies"</option>
                {options}
            </select>
            {mistake.map(|text| field_error(&error_id, text))}
        </div>
    }
    .into_any()
}
