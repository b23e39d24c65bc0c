# Written by ankra completion: asks ankra what can come next.

function __ankra_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in (command ankra __complete fish $words "$current" </dev/null 2>/dev/null)
        if string match -qr '^:files [0-9]+$' -- $line
            # The path alone is completed; what stands before it is put back.
            set -l length (string sub -s 8 -- $line)
            set -l word (string replace -r '["\']' '' -- "$current")
            set -l before (string sub -l $length -- "$word")
            set -l path (string sub -s (math $length + 1) -- "$word")
            # In an open quote nothing is escaped yet.
            test "$word" != "$current"
            and set path (string escape -n -- "$path")
            for file in (complete -C "'' $path")
                string join '' -- $before $file
            end
        else if string match -qr '^[A-Za-z0-9._:=@/-]+(\t|$)' -- $line
            printf '%s\n' $line
        end
    end
end

complete -c ankra -e
complete -c ankra -f -a '(__ankra_complete)'
