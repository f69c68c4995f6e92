"""validate_json.py SCHEMA DOCUMENT...: says `ok` or where the first mistake of each document stands, a line each."""
import json
import sys

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
for name in sys.argv[2:]:
    with open(name, encoding="utf-8") as file:
        mistake = best_match(validator.iter_errors(json.load(file)))
    print("ok" if mistake is None else "/".join(str(part) for part in list(mistake.absolute_path)[:2]) or "/")
