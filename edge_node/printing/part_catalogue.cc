#include <cstring>

#include "edge_node/printing/reason_catalogue.h"

namespace keping::edge {
namespace {

constexpr bool kStops = true;
constexpr bool kGoesOn = false;

// PWG 5100.9: parts behind the print engine. A card printer rarely has one; then it matters.
constexpr PartRow kParts[] = {
    {"bander", "Pengikat", "Bander"},
    {"binder", "Penjilid", "Binder"},
    {"die-cutter", "Pemotong bentuk", "Die cutter"},
    {"folder", "Pelipat", "Folder"},
    {"imprinter", "Pencetak timbul", "Imprinter"},
    {"inserter", "Penyisip", "Inserter"},
    {"make-envelope", "Pembuat amplop", "Envelope maker"},
    {"perforater", "Pelubang garis", "Perforator"},
    {"perforator", "Pelubang garis", "Perforator"},
    {"puncher", "Pelubang", "Puncher"},
    {"separation-cutter", "Pemotong pisah", "Separation cutter"},
    {"sheet-rotator", "Pembalik kartu", "Card rotator"},
    {"slitter", "Pembelah", "Slitter"},
    {"stacker", "Penumpuk kartu", "Card stacker"},
    {"stapler", "Pengokot", "Stapler"},
    {"stitcher", "Penjahit", "Stitcher"},
    {"subunit", "Bagian printer", "A part of the printer"},
    {"trimmer", "Perapi tepi", "Trimmer"},
    {"wrapper", "Pembungkus", "Wrapper"},
};

constexpr ReasonRow kPartConditions[] = {
    {"added", kGoesOn, Remedy::kNothing, "dipasang.", "added."},
    {"removed", kGoesOn, Remedy::kNothing, "dilepas.", "removed."},
    {"almost-empty", kGoesOn, Remedy::kPreparePart, "hampir habis isinya.", "almost empty."},
    {"empty", kStops, Remedy::kChangePart, "habis isinya.", "empty."},
    {"almost-full", kGoesOn, Remedy::kEmptyTray, "hampir penuh.", "almost full."},
    {"full", kStops, Remedy::kEmptyTray, "penuh.", "full."},
    {"at-limit", kStops, Remedy::kTechnician, "mencapai batasnya.", "at its limit."},
    {"near-limit", kGoesOn, Remedy::kPreparePart, "mendekati batasnya.", "near its limit."},
    {"opened", kStops, Remedy::kCloseCover, "terbuka.", "opened."},
    {"closed", kGoesOn, Remedy::kNothing, "tertutup.", "closed."},
    {"cover-open", kStops, Remedy::kCloseCover, "penutupnya terbuka.", "cover open."},
    {"cover-closed", kGoesOn, Remedy::kNothing, "penutupnya tertutup.", "cover closed."},
    {"interlock-open", kStops, Remedy::kCloseCover, "kunci pengamannya terbuka.",
     "safety lock open."},
    {"interlock-closed", kGoesOn, Remedy::kNothing, "kunci pengamannya tertutup.",
     "safety lock closed."},
    {"configuration-change", kGoesOn, Remedy::kNothing, "pengaturannya berubah.",
     "settings changed."},
    {"jam", kStops, Remedy::kClearJam, "macet.", "jammed."},
    {"life-almost-over", kGoesOn, Remedy::kPreparePart, "hampir habis masa pakainya.",
     "almost worn out."},
    {"life-over", kStops, Remedy::kChangePart, "habis masa pakainya.", "worn out."},
    {"memory-exhausted", kStops, Remedy::kRestart, "memorinya habis.", "out of memory."},
    {"missing", kStops, Remedy::kInsertPart, "tidak terpasang.", "missing."},
    {"motor-failure", kStops, Remedy::kTechnician, "motornya rusak.", "its motor has failed."},
    {"offline", kStops, Remedy::kRestart, "tidak tersambung.", "offline."},
    {"over-temperature", kStops, Remedy::kCoolDown, "terlalu panas.", "too hot."},
    {"under-temperature", kStops, Remedy::kWarmUp, "terlalu dingin.", "too cold."},
    {"warming-up", kGoesOn, Remedy::kWait, "sedang memanas.", "warming up."},
    {"power-saver", kGoesOn, Remedy::kNothing, "dalam mode hemat daya.", "saving power."},
    {"recoverable-failure", kStops, Remedy::kRestart, "gagal, dapat dipulihkan.",
     "failed, can be recovered."},
    {"recoverable-storage", kStops, Remedy::kRestart, "penyimpanannya gagal, dapat dipulihkan.",
     "its storage failed, can be recovered."},
    {"recoverable-storage-error", kStops, Remedy::kRestart,
     "penyimpanannya gagal, dapat dipulihkan.", "its storage failed, can be recovered."},
    {"resource-added", kGoesOn, Remedy::kNothing, "sumber dayanya bertambah.",
     "a resource was added."},
    {"resource-removed", kGoesOn, Remedy::kNothing, "sumber dayanya dihapus.",
     "a resource was removed."},
    {"thermistor-failure", kStops, Remedy::kTechnician, "sensor suhunya rusak.",
     "its temperature sensor has failed."},
    {"timing-failure", kStops, Remedy::kTechnician, "tidak bekerja selaras.",
     "its timing has failed."},
    {"turned-off", kStops, Remedy::kRestart, "dimatikan.", "turned off."},
    {"turned-on", kGoesOn, Remedy::kNothing, "dinyalakan.", "turned on."},
    {"unrecoverable-failure", kStops, Remedy::kTechnician, "rusak.", "failed for good."},
    {"unrecoverable-storage", kStops, Remedy::kTechnician, "penyimpanannya rusak.",
     "its storage has failed for good."},
    {"unrecoverable-storage-error", kStops, Remedy::kTechnician, "penyimpanannya rusak.",
     "its storage has failed for good."},
};

}  // namespace

const PartRow* FindPart(const char* keyword) {
  for (const PartRow& part : kParts) {
    const size_t size = std::strlen(part.keyword);
    if (std::strncmp(keyword, part.keyword, size) == 0 && keyword[size] == '-') return &part;
  }
  return nullptr;
}

const ReasonRow* FindPartCondition(const char* condition) {
  for (const ReasonRow& row : kPartConditions) {
    if (std::strcmp(row.keyword, condition) == 0) return &row;
  }
  return nullptr;
}

}  // namespace keping::edge
