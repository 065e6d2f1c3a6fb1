> request=junk
> protocol_state=RCPT
>
< EOF
--
> protocol_state=RCPT
>
< EOF
--
>
< EOF
--
> GET / HTTP/1.1
>
< EOF
