/* Names the system's libxml2 so that the package manager finds its flags.
   It includes no header of it: Debian's libxml2 pulls in ICU's headers, which clash with Foundation's in one compilation. */
