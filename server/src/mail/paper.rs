//! The confirmation of an order on paper: the words of the mail as a PDF, to keep and to print. Made when somebody asks for it; nothing
//! is stored.

use super::messages::{Letters, LettersError};
use shop_core::money::Money;
use shop_core::order::{Order, OrderLine, OrderState};
use shop_core::payment::Method;
use shop_core::shop::Identity;
use shop_pdf::{Block, Paper};

impl Letters {
    /// The paper of an order as a PDF file.
    pub fn paper(&self, order: &Order) -> Result<Vec<u8>, LettersError> {
        Ok(shop_pdf::write(&self.words_on_paper(order)?)?)
    }

    /// What stands on it. What the law wants comes from the same file as in the mail.
    pub fn words_on_paper(&self, order: &Order) -> Result<Paper, LettersError> {
        let day = self.day(order.placed_at);
        let Identity { name, street, postal_code, city, country, phone, email, kvk, vat_id, .. } = self.identity();
        let mut blocks = vec![
            Block::Title(format!("Je bestelling {}", order.number)),
            Block::Text(format!(
                "Geplaatst op {} met de knop ‘{}’.",
                self.moment(order.placed_at),
                order.agreed.button
            )),
        ];
        if matches!(order.state, OrderState::Cancelled { .. }) {
            blocks.push(Block::Text("Deze bestelling is geannuleerd.".to_owned()));
        }
        blocks.push(Block::Heading("Verkoper".to_owned()));
        blocks.push(Block::Text(format!(
            "{name}\n{street}, {postal_code} {city}, {country}\nTelefoon {phone}, e-mail {email}\nKvK {kvk}, btw-id {vat_id}"
        )));
        blocks.push(Block::Heading("Bezorgadres".to_owned()));
        let address = &order.address;
        blocks.push(Block::Text(format!(
            "{}\n{}\n{}\n{}",
            address.name.full(),
            address.street_line(),
            address.city_line(),
            address.country.name()
        )));
        blocks.push(Block::Heading("Artikelen en bedragen".to_owned()));
        for line in &order.lines {
            blocks.push(article(line)?);
        }
        blocks.extend(sums(order));
        if let Some(transfer) = self.transfer_facts(order)? {
            blocks.push(Block::Heading("Zo maak je het bedrag over".to_owned()));
            blocks.extend(transfer.into_iter().map(|(label, value)| row(label, value)));
        }
        blocks.push(Block::Heading("Bezorging".to_owned()));
        blocks.push(Block::Text(delivery(order)));
        blocks.extend(read(&self.rights(order)?));
        Ok(Paper {
            title: format!("Bestelling {}", order.number),
            author: name.clone(),
            foot: format!("{name}, {street}, {postal_code} {city}, bestelling {}", order.number),
            date: (u16::try_from(day.year).unwrap_or_default(), day.month, day.day),
            blocks,
        })
    }
}

fn row(label: impl Into<String>, amount: impl Into<String>) -> Block {
    Block::Row { label: label.into(), detail: String::new(), amount: amount.into(), strong: false }
}

fn article(line: &OrderLine) -> Result<Block, LettersError> {
    let sum = line.unit.times(line.quantity).map_err(|_| LettersError::Amount)?;
    let colour = if line.colour.is_empty() { String::new() } else { format!(", {}", line.colour) };
    let mut detail = format!("Artikelnummer {}\n{} per stuk", line.sku, line.unit);
    if !line.fibre.is_empty() {
        detail.push_str(&format!("\nSamenstelling: {}", line.fibre));
    }
    Ok(Block::Row {
        label: format!("{} × {}{colour}, maat {}", line.quantity, line.title, line.size),
        detail,
        amount: sum.to_string(),
        strong: false,
    })
}

fn sums(order: &Order) -> Vec<Block> {
    let totals = &order.totals;
    let delivery = if totals.shipping.in_cents() == 0 { "gratis".to_owned() } else { totals.shipping.to_string() };
    let mut rows = vec![row("Artikelen", totals.goods.to_string())];
    if let Some(code) = &order.code {
        let taken_off = Money::ZERO.minus(totals.discount).unwrap_or(Money::ZERO);
        rows.push(row(format!("Korting ({})", code.as_str()), taken_off.to_string()));
    }
    rows.extend([
        row("Verzending", delivery),
        Block::Row {
            label: "Totaal".to_owned(),
            detail: String::new(),
            amount: totals.total.to_string(),
            strong: true,
        },
    ]);
    rows.extend(
        totals
            .vat
            .iter()
            .map(|part| row(format!("Hierin zit {} btw over {}", part.rate.label(), part.gross), part.vat.to_string())),
    );
    // What is open on an invoice of our own changes; its page and its mails say it.
    let is_paid = order.state.is_paid() && order.method != Method::Invoice;
    let paid = if is_paid { " (betaald)" } else { "" };
    rows.push(row(format!("Betaalwijze: {}{paid}", order.method.label()), ""));
    rows
}

fn delivery(order: &Order) -> String {
    let arrival = order.agreed.arrival;
    let day = format!("{} {}", arrival.weekday_name(), arrival.long());
    if order.state.is_paid() {
        format!("PostNL bezorgt je pakje naar verwachting op {day}. We leveren in elk geval binnen 30 dagen.")
    } else {
        format!(
            "Bij je bestelling stond {day} als bezorgdag. We versturen je pakje zodra je betaling binnen is; komt die later, dan schuift de bezorgdag mee. We leveren in elk geval binnen 30 dagen."
        )
    }
}

/// The text of the mail as blocks: a line of capitals is a heading, a dash begins an item, two spaces carry one on, an empty line ends
/// a paragraph.
fn read(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph = String::new();
    for line in text.lines().chain([""]) {
        let is_heading = line.chars().any(char::is_uppercase) && !line.chars().any(char::is_lowercase);
        let item = line.strip_prefix("- ");
        if (line.is_empty() || is_heading || item.is_some()) && !paragraph.is_empty() {
            blocks.push(Block::Text(std::mem::take(&mut paragraph)));
        }
        if is_heading {
            blocks.push(Block::Heading(sentence_case(line)));
        } else if let Some(item) = item {
            blocks.push(Block::Item(item.to_owned()));
        } else if let (Some(more), Some(Block::Item(item))) = (line.strip_prefix("  "), blocks.last_mut()) {
            item.push(' ');
            item.push_str(more);
        } else if !line.is_empty() {
            if !paragraph.is_empty() {
                paragraph.push('\n');
            }
            paragraph.push_str(line);
        }
    }
    blocks
}

fn sentence_case(capitals: &str) -> String {
    let mut letters = capitals.chars();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_the_mail_keeps_its_shape() {
        let text = "VRAGEN EN KLACHTEN\nEen.\nTwee.\n\nDrie:\n- vier\n  vijf\n- zes\nZeven.\n";

        assert_eq!(
            read(text),
            [
                Block::Heading("Vragen en klachten".to_owned()),
                Block::Text("Een.\nTwee.".to_owned()),
                Block::Text("Drie:".to_owned()),
                Block::Item("vier vijf".to_owned()),
                Block::Item("zes".to_owned()),
                Block::Text("Zeven.".to_owned()),
            ]
        );
    }
}
