#include "common/base/check.h"
#include "edge_node/printing/reason_catalogue.h"

namespace keping::edge {

RemedyWords WordsOf(Remedy remedy) {
  switch (remedy) {
    case Remedy::kNothing:
      return {"Tidak perlu berbuat apa-apa.", "Nothing has to be done."};
    case Remedy::kWait:
      return {"Tunggu sebentar.", "Wait a little."};
    case Remedy::kLoadCards:
      return {"Isi blangko KTP ke tempatnya, lalu tutup printer.",
              "Put ID card blanks into the hopper and close the printer."};
    case Remedy::kClearJam:
      return {"Buka printer, keluarkan kartu, dan pindai kartu itu sebelum mencetak lagi.",
              "Open the printer, take the card out, and scan that card before you print again."};
    case Remedy::kCloseCover:
      return {"Tutup printer sampai berbunyi klik.", "Close the printer until it clicks."};
    case Remedy::kChangeRibbon:
      return {"Ganti pita cetak dan catat. Simpan pita bekas untuk dimusnahkan.",
              "Change the ribbon and record it. Keep the used one for destruction."};
    case Remedy::kPrepareRibbon:
      return {"Siapkan pita cetak pengganti.", "Have another ribbon ready."};
    case Remedy::kEmptyTray:
      return {"Ambil kartu dari baki dan pindai satu per satu.",
              "Take the cards out of the tray and scan each of them."};
    case Remedy::kCoolDown:
      return {"Berhenti mencetak sampai printer dingin, sekitar setengah jam.",
              "Stop printing until the printer has cooled down, about half an hour."};
    case Remedy::kWarmUp:
      return {"Tunggu sampai printer cukup panas.", "Wait until the printer is warm enough."};
    case Remedy::kClean:
      return {"Bersihkan printer dengan kartu pembersih dan catat.",
              "Clean the printer with a cleaning card and record it."};
    case Remedy::kPreparePart:
      return {"Siapkan suku cadangnya.", "Have the spare part ready."};
    case Remedy::kChangePart:
      return {"Ganti bagian itu.", "Replace that part."};
    case Remedy::kInsertPart:
      return {"Pasang bagian itu dengan benar.", "Put that part in its place."};
    case Remedy::kRestart:
      return {"Matikan printer, tunggu sepuluh detik, lalu nyalakan lagi.",
              "Switch the printer off, wait for ten seconds, and switch it on again."};
    case Remedy::kResume:
      return {"Aktifkan lagi printer di printernya atau di antreannya.",
              "Resume the printer, on its panel or in its queue."};
    case Remedy::kCheckCable:
      return {"Periksa apakah printer menyala dan kabelnya terpasang.",
              "Check that the printer is on and its cable is plugged in."};
    case Remedy::kReadDisplay:
      return {"Lihat layar printer dan ikuti petunjuknya.",
              "Read the printer's display and do what it says."};
    case Remedy::kLookForCard:
      return {"Lihat baki dan bagian dalam printer. Bila ada kartu, pindai kartu itu.",
              "Look into the tray and the printer. If there is a card, scan it."};
    case Remedy::kSettings:
      return {"Beri tahu pengelola sistem: pengaturan printer harus diperbaiki.",
              "Tell the system administrator: the printer's settings have to be put right."};
    case Remedy::kTechnician:
      return {"Hubungi teknisi; catat printer ini sebagai rusak.",
              "Call the technician; record this printer as broken."};
  }
  KEPING_CHECK(false, "a remedy has its words");
}

}  // namespace keping::edge
