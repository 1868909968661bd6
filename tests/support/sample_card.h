// A card of synthetic data for tests and benches, to be changed field by field.
//
//   edge::CardData card = SampleCard();
//   card.signature_png.clear();
#ifndef KEPING_TESTS_SUPPORT_SAMPLE_CARD_H_
#define KEPING_TESTS_SUPPORT_SAMPLE_CARD_H_

#include "common/base/prng.h"
#include "deploy/bangli/portrait.h"
#include "deploy/bangli/signature.h"
#include "edge_node/printing/card_page.h"

namespace keping::tests {

inline edge::CardData SampleCard() {
  base::Prng prng(1);
  edge::CardData card;
  card.province = "PROVINSI BALI";
  card.regency = "KABUPATEN BANGLI";
  card.nik = "5106034512900001";
  card.name = "NI WAYAN SPESIMEN CONTOH";
  card.birth_place = "BANGLI";
  card.birth_date = "05-12-1990";
  card.gender = "PEREMPUAN";
  card.blood_type = "O";
  card.address = "BANJAR CONTOH";
  card.rt_rw = "001/002";
  card.village = "KINTAMANI";
  card.district = "KINTAMANI";
  card.religion = "HINDU";
  card.marital_status = "BELUM KAWIN";
  card.occupation = "WIRASWASTA";
  card.citizenship = "WNI";
  card.issue_place = "BANGLI";
  card.issue_date = "14-02-2026";
  card.photo_png = bangli::PortraitPng({.gender = domain::Gender::kFemale});
  card.signature_png = bangli::SignaturePng(prng);
  return card;
}

}  // namespace keping::tests

#endif  // KEPING_TESTS_SUPPORT_SAMPLE_CARD_H_
