"""The configuration files of the nodes, as text (proto/keping/config/v1)."""

import json

WITA_OFFSET_MINUTES = 480


def central_config(district, folders, offices, national, cards_per_day, ports, **more):
    """`folders` has data, keys, socket; `national` has address, server_name and keys; `ports` has
    the addresses to listen on, sync and enrolment; `more` are further fields of CentralConfig."""
    message = {
        "district_id": district,
        "data_dir": folders["data"],
        "keys_dir": folders["keys"],
        "sync_listen": ports["sync"],
        "enrolment_listen": ports["enrolment"],
        "api_socket": folders["socket"],
        "national": {
            "address": national["address"],
            "server_name": national["server_name"],
            "ca_file": national["keys"] + "/ca.pem",
            "certificate_file": national["keys"] + "/district.pem",
            "key_file": national["keys"] + "/district.key",
            "poll_seconds": 1,
        },
        "utc_offset_minutes": WITA_OFFSET_MINUTES,
        "cards_per_day_default": cards_per_day,
        "specimen": True,
        "offices": [_office(office) for office in offices],
        **more,
    }
    return text_proto(message)


def edge_config(office, folders, centre, printer, **more):
    """`centre` has sync and enrolment, `printer` id, uri and cards_per_day; `more` are
    further fields of EdgeConfig."""
    return text_proto({
        "node_id": office.node,
        "office_name": office.name,
        "data_dir": folders["data"],
        "keys_dir": folders["keys"],
        "centre_address": centre["sync"],
        "centre_enrolment_address": centre["enrolment"],
        "api_socket": folders["socket"],
        "printers": [{"printer_id": printer["id"], "uri": printer["uri"],
                      "cards_per_day": printer["cards_per_day"]}],
        "application_version": printer["application_version"],
        "utc_offset_minutes": WITA_OFFSET_MINUTES,
        "specimen": True,
        **more,
    })


def _office(office):
    message = {"node_id": office.node, "name": office.name}
    if office.kecamatan_code:
        message["kecamatan_code"] = office.kecamatan_code
    return message


def text_proto(message, indent=""):
    """A message in protobuf's text format. Text in it is printable ASCII, which JSON quotes alike."""
    lines = []
    for name, value in message.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                lines.append(f"{indent}{name} {{\n{text_proto(one, indent + '  ')}{indent}}}\n")
            else:
                lines.append(f"{indent}{name}: {json.dumps(one)}\n")
    return "".join(lines)
