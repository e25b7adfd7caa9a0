"""From a speech or notice to proposed tasks: rules and dictionaries, each proposal with its place and its reasons.

Nothing here decides. A proposal says where in the text it comes from, who is named, until when, by which rules it was
found and how sure they are; a clerk settles it. The room is pure: text, names of units and a day in, proposals out.
"""
