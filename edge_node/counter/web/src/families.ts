// Families of keys of which the API chooses the member.
export type Family =
  | "refusal."
  | "stage."
  | "printer.state."
  | "cause."
  | "order."
  | "batch.end."
  | "correction."
  | "override.kind."
  | "override.class."
  | "override.reason."
  | "adoption."
  | "consumable."
  | "maintenance."
  | "pile."
  | "place."
  | "step."
  | "resident.";
