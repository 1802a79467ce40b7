"""OpenDocument text (LibreOffice Writer): the pieces of its reader."""
