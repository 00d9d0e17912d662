<?php
// Unpacks an archive: php unpack.php ARCHIVE FOLDER. Archives come with npm packages, and not every machine has a program for them.
( new PharData( $argv[1] ) )->extractTo( $argv[2], null, true );
