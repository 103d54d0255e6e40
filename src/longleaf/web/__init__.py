"""The roof: home, navigation, sign-in, glossary and guidance pages. Imported by none but `config`."""
