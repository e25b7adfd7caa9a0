"""The facts a deed on a case rests on, by stage; all failures are told at once."""
