//! Address registers: a handful of addresses for the demo shop, and none for a shop that has not chosen one yet.

use async_trait::async_trait;
use shop_core::address::{HouseNumber, PostalCode};
use shop_flows::ports::{AddressRegister, FoundAddress, RegisterError};

/// Postal code, first and last house number, street, town. Public addresses of town halls, museums and the shop itself.
const SAMPLE: [(&str, u32, u32, &str, &str); 10] = [
    ("7603NE", 1, 60, "Wittem", "Almelo"),
    ("7607HJ", 1, 10, "Haven Zuidzijde", "Almelo"),
    ("7511JM", 1, 40, "Langestraat", "Enschede"),
    ("7551EC", 1, 20, "Burgemeester van der Dussenplein", "Hengelo"),
    ("1071XX", 1, 1, "Museumstraat", "Amsterdam"),
    ("1012JS", 1, 9, "Dam", "Amsterdam"),
    ("3011AD", 40, 40, "Coolsingel", "Rotterdam"),
    ("3512BS", 1, 120, "Oudegracht", "Utrecht"),
    ("2511BT", 70, 70, "Spui", "Den Haag"),
    ("9712HN", 1, 1, "Grote Markt", "Groningen"),
];

/// The register of the demo shop.
#[derive(Debug, Clone, Copy, Default)]
pub struct SampleRegister;

#[async_trait]
impl AddressRegister for SampleRegister {
    async fn find(&self, code: &PostalCode, house: &HouseNumber) -> Result<Option<FoundAddress>, RegisterError> {
        let code = code.compact();
        let found =
            SAMPLE.iter().find(|(known, first, last, ..)| *known == code && (*first..=*last).contains(&house.number));
        Ok(found.map(|(.., street, city)| FoundAddress { street: (*street).to_owned(), city: (*city).to_owned() }))
    }
}

/// No register was set up: the shopper types the address herself.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoRegister;

#[async_trait]
impl AddressRegister for NoRegister {
    async fn find(&self, _: &PostalCode, _: &HouseNumber) -> Result<Option<FoundAddress>, RegisterError> {
        Err(RegisterError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shop_core::address::Country;

    async fn find(code: &str, house: &str) -> Option<FoundAddress> {
        let code = PostalCode::parse(code, Country::Nl).unwrap();
        SampleRegister.find(&code, &HouseNumber::parse(house).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn the_address_of_the_shop_is_known() {
        let found = find("7603 ne", "16").await;

        assert_eq!(found, Some(FoundAddress { street: "Wittem".to_owned(), city: "Almelo".to_owned() }));
        assert_eq!(find("7603NE", "999").await, None);
        assert_eq!(find("9999XX", "1").await, None);
    }
}
