//! Paying back: the forms on the page of an order, and the two ways out of money that came twice or late.

use super::desk::Desk;
use super::orders::file;
use axum::extract::{Form, Path};
use axum::response::Response;
use http::StatusCode;
use shop_app::manage::order::Typed;
use shop_app::manage::refunds::{self as page, TypedRefund};
use shop_app::manage::{order as order_page, paths, words};
use shop_core::id::RefundId;
use shop_core::money::Money;
use shop_core::order::OrderNumber;
use shop_core::order::refund::{Pieces, RefundWish};
use shop_flows::manage::{OrderFile, RefundRequest, RefundTrouble};

/// Letters of a reason that are kept.
const LONGEST_REASON: usize = 200;

/// The form, field by field, because it has one field per line of the order.
struct Filled {
    typed: TypedRefund,
    seen: i64,
    is_agreed: bool,
}

impl Filled {
    fn read(fields: Vec<(String, String)>) -> Self {
        let mut filled = Self { typed: TypedRefund::default(), seen: 0, is_agreed: false };
        let typed = &mut filled.typed;
        for (name, value) in fields {
            match name.as_str() {
                "kenmerk" => typed.id = value,
                "versie" => filled.seen = value.parse().unwrap_or(0),
                "soort" => typed.is_amount = value == "bedrag",
                "stuks" => typed.pieces.push(value),
                "verzending" => typed.shipping = true,
                "bedrag" => typed.amount = value,
                "reden" => typed.reason = value.chars().take(LONGEST_REASON).collect(),
                "akkoord" => filled.is_agreed = true,
                _ => {}
            }
        }
        filled
    }

    /// What it asks for, or a sentence about the field that cannot be read.
    fn wish(&self) -> Result<RefundWish, &'static str> {
        let TypedRefund { is_amount, pieces, shipping, amount, reason, .. } = &self.typed;
        if *is_amount {
            let amount = Money::parse(amount).map_err(|_| "Vul een bedrag in met cijfers, bijvoorbeeld 5 of 12,50.")?;
            return Ok(RefundWish::Amount { amount, reason: reason.clone() });
        }
        let mut wanted = Vec::with_capacity(pieces.len());
        for (line, count) in (0..).zip(pieces) {
            let count = count.trim();
            let count = if count.is_empty() { Ok(0) } else { count.parse() };
            let count = count.map_err(|_| "Vul bij elk artikel een heel getal in, bijvoorbeeld 1.")?;
            wanted.push(Pieces { line, count });
        }
        Ok(RefundWish::Goods { pieces: wanted, shipping: *shipping })
    }
}

/// The form was sent: first it shows what it will be, then, agreed to, it is done.
pub(super) async fn pay_back(
    desk: Desk,
    Path(number): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let filled = Filled::read(fields);
    let file = match file(&desk, &number).await {
        Ok(file) => file,
        Err(error) => return desk.troubled(&error).await,
    };
    let Some(id) = RefundId::parse(&filled.typed.id) else { return desk.not_found().await };
    let wish = match filled.wish() {
        Ok(wish) => wish,
        Err(problem) => return again(desk, file, filled.typed, problem.to_owned()).await,
    };
    if !filled.is_agreed {
        return match file.purse.refundable(&file.order).credit(wish) {
            Ok(credit) => {
                desk.show(move |frame| page::confirm(frame, &file, &filled.typed, filled.seen, &credit)).await
            }
            Err(error) => {
                let problem = words::refund_error(&file.order, error);
                again(desk, file, filled.typed, problem).await
            }
        };
    }
    let order = &file.order;
    let request = RefundRequest { id, seen: filled.seen, wish };
    match desk.shop().refund_order(&desk.member, &order.number, request).await {
        Ok(()) => desk.done(&paths::order(&order.number), "De terugbetaling staat klaar.").await,
        Err(RefundTrouble::Refused(error)) => {
            let problem = words::refund_error(order, error);
            again(desk, file, filled.typed, problem).await
        }
        Err(RefundTrouble::Shop(error)) => desk.failed(&paths::order(&order.number), &error).await,
    }
}

/// The page of the order again, with what was filled in and what is wrong with it.
async fn again(desk: Desk, file: OrderFile, typed: TypedRefund, problem: String) -> Response {
    let (clock, fresh) = (desk.shop().clock.clone(), desk.shop().new_refund_id());
    let typed = Typed { refund: Some(TypedRefund { problem, ..typed }), ..Typed::default() };
    desk.show_as(StatusCode::UNPROCESSABLE_ENTITY, move |frame| order_page::page(frame, &*clock, file, &typed, fresh))
        .await
}

pub(super) async fn by_hand(desk: Desk, Path((number, refund)): Path<(String, String)>) -> Response {
    let (Some(number), Some(refund)) = (OrderNumber::parse(&number), RefundId::parse(&refund)) else {
        return desk.not_found().await;
    };
    let page = paths::order(&number);
    match desk.shop().book_refund_by_hand(&desk.member, &number, refund).await {
        Ok(()) => desk.done(&page, "Geboekt. De klant krijgt een mail dat het geld onderweg is.").await,
        Err(error) => desk.failed(&page, &error).await,
    }
}

pub(super) async fn late_money(desk: Desk, Path(task): Path<String>) -> Response {
    let Ok(task) = task.parse() else { return desk.not_found().await };
    match desk.shop().give_late_money_back(&desk.member, task).await {
        Ok(number) => desk.done(&paths::order(&number), "De terugbetaling staat klaar.").await,
        Err(error) => desk.failed(paths::OVERVIEW, &error).await,
    }
}

pub(super) async fn deliver(desk: Desk, Path(task): Path<String>) -> Response {
    let Ok(task) = task.parse() else { return desk.not_found().await };
    match desk.shop().revive_order(&desk.member, task).await {
        Ok(number) => {
            desk.done(&paths::order(&number), "De bestelling is betaald en staat klaar om in te pakken.").await
        }
        Err(error) => desk.failed(paths::OVERVIEW, &error).await,
    }
}
