# Written by ankra completion: asks ankra what can come next.

use str

set edit:completion:arg-completer[ankra] = {|@words|
    var current = $words[-1]
    var lines = []
    try {
        set lines = [(e:ankra __complete elvish $@words < /dev/null 2> /dev/null | from-lines)]
    } catch e { }
    for line $lines {
        if (str:has-prefix $line ':files ') {
            # The path alone is completed; what stands before it is put back.
            var length = (num $line[7..])
            var before = $current[..$length]
            edit:complete-filename $current[$length..] | each {|file|
                edit:complex-candidate $before$file[stem] &code-suffix=$file[code-suffix] &display=$file[stem]
            }
        } elif (str:contains $line "\t") {
            var value about = (str:split &max=2 "\t" $line)
            edit:complex-candidate $value &display=$value'  '$about
        } else {
            put $line
        }
    }
}
