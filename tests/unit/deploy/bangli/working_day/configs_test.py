"""Configurations are written as protobuf's text format reads them."""

import unittest

import configs
from places import OFFICES


class ConfigsTest(unittest.TestCase):
    def test_messages_lists_and_quotes(self):
        self.assertEqual(
            configs.text_proto({"name": 'a "b"', "on": True, "inner": {"n": 1}, "list": [2, 3]}),
            'name: "a \\"b\\""\non: true\ninner {\n  n: 1\n}\nlist: 2\nlist: 3\n')

    def test_the_offices_of_the_district_are_named_once_each(self):
        text = configs.central_config(
            "bangli", {"data": "d", "keys": "k", "socket": "s"}, OFFICES,
            {"address": "a:1", "server_name": "national", "keys": "n"}, 50,
            {"sync": "127.0.0.1:0", "enrolment": "127.0.0.1:0"})
        self.assertEqual(text.count("offices {"), 5)
        self.assertEqual(text.count("kecamatan_code"), 4)
        self.assertIn("cards_per_day_default: 50\n", text)


if __name__ == "__main__":
    unittest.main()
