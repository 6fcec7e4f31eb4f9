//! Bank statements: a file goes in, and what became of each booking stands there.

use super::layout::{Frame, Place, desk, message};
use super::paths;
use leptos::prelude::*;
use shop_core::order::OrderNumber;
use shop_core::payment::{Because, Match};
use shop_flows::bank::{BankLine, BankReport};

/// The page; after a file was read with its report, or with what was wrong with it.
pub fn page(frame: Frame, read: Option<Result<BankReport, String>>) -> String {
    let title = if matches!(read, Some(Err(_))) { "Fout: Bank" } else { "Bank" };
    let outcome = read.map(|read| match read {
        Ok(report) => reported(&report),
        Err(problem) => message(false, problem),
    });
    let body = view! {
        <h1>"Bank"</h1>
        {outcome}
        <section class="paneel stack">
            <h2>"Afschrift inlezen"</h2>
            <p>
                "Download bij je bank een afschrift als CAMT.053 of MT940 en kies het hier. Overschrijvingen met het juiste kenmerk en bedrag boeken we meteen; bij de rest zeggen we wat het lijkt te zijn. Hetzelfde bestand twee keer inlezen kan geen kwaad."
            </p>
            <form method="post" action=paths::BANK enctype="multipart/form-data" class="stack">
                <div class="veld">
                    <label for="afschrift">"Bestand van je bank"</label>
                    <input class="in" type="file" id="afschrift" name="afschrift" accept=".xml,.sta,.940,.mt940,.txt" required />
                </div>
                <div>
                    <button class="btn">"Lees in"</button>
                </div>
            </form>
            <p class="klein grijs">
                "Namen, rekeningnummers en omschrijvingen van klanten bewaren we niet: alleen dag, bedrag en bij welke bestelling het hoort."
            </p>
        </section>
    };
    desk(frame, Place::Bank, title, body.into_any())
}

fn reported(report: &BankReport) -> AnyView {
    let booked = report.lines.iter().filter(|line| line.booked).count();
    let asks = report.lines.iter().filter(|line| !line.booked && !is_spending(line)).count();
    let sentence = [
        counted(report.lines.len(), "nieuwe boeking", "nieuwe boekingen"),
        format!("{booked} geboekt als betaling"),
        format!("{asks} om zelf naar te kijken"),
        format!("{} al eerder gelezen", report.known),
    ]
    .join(", ");
    let rows = report.lines.iter().filter(|line| !is_spending(line)).map(row).collect_view();
    let table = (report.lines.iter().any(|line| !is_spending(line))).then(|| {
        view! {
            <table class="tabel tabel--stapel">
                <thead>
                    <tr>
                        <th scope="col">"Dag"</th>
                        <th scope="col" class="num">
                            "Bedrag"
                        </th>
                        <th scope="col">"Wat het is"</th>
                        <th scope="col">"Bestelling"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    view! {
        {message(true, format!("{sentence}."))}
        {table.map(|table| view! { <section class="paneel"><h2>"Uit dit bestand"</h2> {table}</section> })}
    }
    .into_any()
}

/// What the owner spends is no matter of the shop.
const fn is_spending(line: &BankLine) -> bool {
    matches!(line.found, Match::Return { order: None })
}

fn row(line: &BankLine) -> AnyView {
    let orders = orders(&line.found)
        .into_iter()
        .map(|number| {
            view! {
                <a class="link link--kort" href=paths::order(&number)>
                    {number.to_string()}
                </a>
                " "
            }
        })
        .collect_view();
    view! {
        <tr>
            <td data-label="Dag">{line.day.long()}</td>
            <td data-label="Bedrag" class="num">
                {line.amount.to_string()}
            </td>
            <td data-label="Wat het is">{what(line)}</td>
            <td data-label="Bestelling">{orders}</td>
        </tr>
    }
    .into_any()
}

fn what(line: &BankLine) -> String {
    match &line.found {
        Match::Exact { .. } | Match::ByNumber { .. } if line.booked => "Betaald, geboekt".to_owned(),
        Match::Exact { .. } | Match::ByNumber { .. } => "Was al geboekt".to_owned(),
        Match::Partial { missing, .. } => format!("Een deel; er ontbreekt nog {missing}"),
        Match::Over { surplus, .. } => format!("{surplus} te veel"),
        Match::Double { .. } => "Nog een keer betaald".to_owned(),
        Match::AfterEnd { .. } => "Betaald nadat de bestelling was afgesloten".to_owned(),
        Match::Likely { because: Because::Mistyped, .. } => {
            "Lijkt erop: één teken van het kenmerk klopt niet".to_owned()
        }
        Match::Likely { because: Because::BareNumber, .. } => {
            "Lijkt erop: alleen de cijfers van het nummer staan erbij".to_owned()
        }
        Match::Likely { because: Because::Name, .. } => "Lijkt erop: het bedrag en de naam kloppen".to_owned(),
        Match::SeveralOrders { .. } => "Meer bestellingen in één keer betaald".to_owned(),
        Match::Unknown { .. } => "Niet bekend".to_owned(),
        Match::Return { .. } => "Terugbetaald of teruggekomen".to_owned(),
    }
}

fn orders(found: &Match) -> Vec<OrderNumber> {
    match found {
        Match::Exact { order }
        | Match::ByNumber { order }
        | Match::Partial { order, .. }
        | Match::Over { order, .. }
        | Match::Double { order }
        | Match::AfterEnd { order }
        | Match::Likely { order, .. } => vec![order.clone()],
        Match::SeveralOrders { orders } | Match::Unknown { named: orders } => orders.clone(),
        Match::Return { order } => order.iter().cloned().collect(),
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
