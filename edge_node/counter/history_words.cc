#include "edge_node/counter/history_words.h"

#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "common/domain/refusal.h"

namespace keping::edge {
namespace {

using absl::Substitute;

Words CauseOf(domain::SpoilCause cause) {
  switch (cause) {
    case domain::SpoilCause::kFactory:
      return {"cacat pabrik", "factory defect"};
    case domain::SpoilCause::kEncode:
      return {"gagal encode", "encoding failed"};
    case domain::SpoilCause::kPrint:
      return {"gagal cetak", "printing failed"};
    case domain::SpoilCause::kMisprint:
      return {"salah cetak", "misprint"};
    case domain::SpoilCause::kWarped:
      return {"melengkung atau terkelupas", "warped or peeled"};
  }
  return {"lain", "other"};
}

Words EndOf(domain::BatchEnd end) {
  switch (end) {
    case domain::BatchEnd::kFinished:
      return {"selesai", "finished"};
    case domain::BatchEnd::kMismatch:
      return {"nomor blangko tidak cocok", "a card lay on another blank"};
    case domain::BatchEnd::kCancelled:
      return {"dihentikan", "stopped by a person"};
    case domain::BatchEnd::kPrinter:
      return {"printer berhenti", "the printer stopped"};
    case domain::BatchEnd::kRestart:
      return {"komputer dimulai ulang", "the node restarted"};
    case domain::BatchEnd::kRefused:
      return {"kartu berikutnya ditolak", "the next card was refused"};
  }
  return {"lain", "other"};
}

Words BasisOf(domain::AdoptionBasis basis) {
  switch (basis) {
    case domain::AdoptionBasis::kCommissioned:
      return {"baru", "new"};
    case domain::AdoptionBasis::kSlip:
      return {"dengan surat lepas", "with its release slip"};
    case domain::AdoptionBasis::kWithoutSlip:
      return {"tanpa surat lepas", "without a release slip"};
  }
  return {"lain", "other"};
}

// Overloads, found by the visitor below.

Words Tell(const domain::PrintRefused& e) {
  const domain::RefusalInfo info = domain::Describe(e.refusal);
  return {Substitute("Cetak ditolak: $0.", info.code),
          Substitute("The print was refused: $0. $1", info.code, info.sentence)};
}

Words Tell(const domain::PrintIntended& e) {
  const std::string attempt = e.attempt > 1 ? absl::StrCat(e.attempt) : "";
  return {Substitute("Akan dicetak di $0 pada blangko $1$2.", e.printer.value(), e.blank.text(),
                     attempt.empty() ? "" : absl::StrCat(", percobaan ", attempt)),
          Substitute("To be printed at $0 on blank $1$2.", e.printer.value(), e.blank.text(),
                     attempt.empty() ? "" : absl::StrCat(", attempt ", attempt))};
}

Words Tell(const domain::PrintSent&) {
  return {"Printer menerima pekerjaan.", "The printer took the job."};
}

Words Tell(const domain::PrintCompleted&) {
  return {"Menurut printer, kartu sudah keluar.", "The printer says that the card came out."};
}

Words Tell(const domain::PrintFailed& e) {
  if (e.failure == domain::PrintFailure::kNotAccepted) {
    return {"Printer menolak pekerjaan; tidak ada kartu yang masuk.",
            "The printer refused the job; no card was fed."};
  }
  return {"Printer menghentikan pekerjaan.", "The printer gave the job up."};
}

Words Tell(const domain::PrintDoubted& e) {
  if (e.cause == domain::DoubtCause::kRestart) {
    return {"Ragu: komputer dimulai ulang saat mencetak.",
            "In doubt: the node restarted while it was printed."};
  }
  return {"Ragu: printer tidak menjawab lagi.", "In doubt: the printer no longer answered."};
}

Words Tell(const domain::PrintVerified& e) {
  return {Substitute("Kartu baik, pada blangko $0.", e.blank.text()),
          Substitute("The card is good, on blank $0.", e.blank.text())};
}

Words Tell(const domain::PrintSpoiled& e) {
  const Words cause = CauseOf(e.cause);
  return {Substitute("Kartu rusak ($0), blangko $1.", cause.indonesian, e.blank.text()),
          Substitute("The card is spoiled ($0), blank $1.", cause.english, e.blank.text())};
}

Words Tell(const domain::PrintUnused&) {
  return {"Tidak ada kartu yang dicetak; blangko kembali ke baki.",
          "No card was printed; the blank is in the tray again."};
}

Words Tell(const domain::BlankSpoiled& e) {
  const Words cause = CauseOf(e.cause);
  return {Substitute("Blangko $0 rusak ($1).", e.blank.text(), cause.indonesian),
          Substitute("Blank $0 is spoiled ($1).", e.blank.text(), cause.english)};
}

Words Tell(const domain::BlanksReceived& e) {
  return {Substitute("Kiriman $0 diterima.", e.transfer.value()),
          Substitute("Delivery $0 was received.", e.transfer.value())};
}

Words Tell(const domain::CancelAsked&) {
  return {"Pembatalan diminta.", "The printer was asked to give it up."};
}

Words Tell(const domain::Corrected&) {
  return {"Jawaban sebelumnya dikesampingkan oleh dua orang.",
          "Two persons set the earlier answer aside."};
}

Words Tell(const domain::BatchOpened& e) {
  return {
      Substitute("Cetak beruntun dimulai di $0, $1 blangko.", e.printer.value(), e.blanks.size()),
      Substitute("A batch of $1 blanks began at $0.", e.printer.value(), e.blanks.size())};
}

Words Tell(const domain::BatchClosed& e) {
  const Words end = EndOf(e.end);
  return {Substitute("Cetak beruntun berakhir: $0.", end.indonesian),
          Substitute("The batch ended: $0.", end.english)};
}

Words Tell(const domain::TestCardPrinted& e) {
  return {
      Substitute("Kartu uji dicetak di $0 pada blangko $1.", e.printer.value(), e.blank.text()),
      Substitute("A test card was printed at $0 on blank $1.", e.printer.value(), e.blank.text())};
}

Words Tell(const domain::PrinterReleased& e) {
  return {Substitute("Printer $0 dilepas; hari ini $1 kartu.", e.printer.value(), e.fed_today),
          Substitute("Printer $0 left; $1 cards that day.", e.printer.value(), e.fed_today)};
}

Words Tell(const domain::PrinterAdopted& e) {
  const Words basis = BasisOf(e.basis);
  return {Substitute("Printer $0 dipakai di sini, $1.", e.printer.value(), basis.indonesian),
          Substitute("Printer $0 works here, $1.", e.printer.value(), basis.english)};
}

Words Tell(const domain::OverrideGranted& e) {
  if (e.kind == domain::OverrideKind::kStaleness) {
    const bool replacement = e.record_class == domain::RecordClass::kReplacement;
    return {Substitute("Izin khusus tanpa hubungan untuk $0 $1.", e.prints,
                       replacement ? "kartu pengganti" : "kartu pertama"),
            Substitute("An override without contact for $0 $1.", e.prints,
                       replacement ? "replacement cards" : "first cards")};
  }
  return {Substitute("Izin khusus untuk $0 cetakan.", e.prints),
          Substitute("An override for $0 prints.", e.prints)};
}

Words Tell(const domain::StockOpened& e) {
  return {Substitute("Sudah ada di kantor pada awalnya, berita acara $0.", e.minutes.value()),
          Substitute("Was in the office from the start, minutes $0.", e.minutes.value())};
}

Words Tell(const domain::StockCounted& e) {
  return {Substitute("Ikut dihitung: $0 dipindai, $1 kurang, $2 lebih.", e.counted.size(),
                     e.missing.size(), e.surplus.size()),
          Substitute("Was in a count: $0 scanned, $1 missing, $2 too many.", e.counted.size(),
                     e.missing.size(), e.surplus.size())};
}

Words Tell(const domain::StockRescanned& e) {
  return {
      Substitute("Dipindai ulang: $0 ada, $1 tidak ditemukan.", e.blanks.size(), e.missing.size()),
      Substitute("Was scanned again: $0 are here, $1 were not found.", e.blanks.size(),
                 e.missing.size())};
}

Words Tell(const domain::BoxOpened& e) {
  return {Substitute("Dikeluarkan dari kotak $0.", e.box.value()),
          Substitute("Came out of box $0.", e.box.value())};
}

Words Tell(const domain::BlanksLent& e) {
  return {Substitute("Dipinjamkan ke $0 dengan surat $1.", e.to.value(), e.transfer.value()),
          Substitute("Lent to $0 on paper $1.", e.to.value(), e.transfer.value())};
}

Words Tell(const domain::CardsDestroyed& e) {
  return {Substitute("Dimusnahkan, berita acara $0.", e.minutes.value()),
          Substitute("Destroyed, minutes $0.", e.minutes.value())};
}

Words Tell(const domain::ManifestMade& e) {
  return {Substitute("Masuk daftar serah terima desa $0.", e.village.value()),
          Substitute("Listed for the village $0.", e.village.value())};
}

Words Tell(const domain::ManifestHandedOver&) {
  return {"Dibawa kurir ke desa.", "Left for the village with its courier."};
}

Words Tell(const domain::CardsAnswered& e) {
  return {Substitute("Kabar dari desa: $0 diterima warga, $1 masih di desa, $2 kembali.",
                     e.delivered.size(), e.not_found.size(), e.returned.size()),
          Substitute("The village answered: $0 handed over, $1 still there, $2 came back.",
                     e.delivered.size(), e.not_found.size(), e.returned.size())};
}

Words Tell(const domain::ActionAcknowledged&) {
  return {"Perintah kabupaten dilaksanakan.", "The district's order was carried out."};
}

Words Tell(const domain::LateEntryMade& e) {
  return {Substitute("Dicatat kemudian dari formulir $0.", e.form.value()),
          Substitute("Entered later from form $0.", e.form.value())};
}

Words Tell(const domain::BlankIdentified& e) {
  return {
      Substitute("Nomor cetak $0 dan chip $1 satu blangko.", e.printed.text(), e.uid.text()),
      Substitute("Printed number $0 and chip $1 are one blank.", e.printed.text(), e.uid.text())};
}

Words Tell(const domain::LeaseReleased&) {
  return {"Hak cetak dikembalikan ke kabupaten.", "The right to print it was given back."};
}

}  // namespace

Words WordsOf(const domain::Event& event) {
  return std::visit(
      [&event](const auto& one) -> Words {
        if constexpr (requires { Tell(one); }) return Tell(one);
        return {domain::EventName(event), domain::EventName(event)};
      },
      event);
}

}  // namespace keping::edge
