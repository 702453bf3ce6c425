# Runs as SYSTEM at every start of a layer (scheduled task \lyncimg\boot). Where a disc labelled LYNCIMG is present, it
# takes the key of the build that brought the disc: administrator's password, server certificate, HTTPS listener.
# Without that disc it changes nothing. PowerShell 3.0 and later; writes no secret to its log.
#
# The disc: answer.json { "label": "LYNCIMG", "format": 1, "password": "...", "certificatePassword": "..." },
#           server.pfx (certificate and key of this build).
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$folder = 'C:\ProgramData\lyncimg'
$ruleName = 'lyncimg WinRM over HTTPS'

function Write-Journal([string] $Text) {
    $line = '{0} boot: {1}' -f (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ'), $Text
    Add-Content -LiteralPath (Join-Path $folder 'lyncimg.log') -Value $line -Encoding UTF8
}

function Find-Disc {
    # A disc may show up a little after the task starts; without one the wait costs a start 30 seconds at most.
    foreach ($try in 1..6) {
        $volume = Get-WmiObject -Class Win32_Volume -Filter "Label = 'LYNCIMG'" | Select-Object -First 1
        if ($null -ne $volume -and $volume.DriveLetter) { return $volume.DriveLetter }
        Start-Sleep -Seconds 5
    }
    return $null
}

function Read-Answer([string] $Drive) {
    $answer = Get-Content -LiteralPath "$Drive\answer.json" -Raw | ConvertFrom-Json
    if ($answer.label -ne 'LYNCIMG' -or $answer.format -ne 1) { throw 'answer.json is of another format' }
    return $answer
}

function Set-AdministratorPassword([string] $Password) {
    # By its well-known RID, for the account may have another name.
    $account = Get-WmiObject -Class Win32_UserAccount -Filter "LocalAccount = True" |
        Where-Object { $_.SID -like 'S-1-5-21-*-500' } | Select-Object -First 1
    $user = [ADSI] "WinNT://$env:COMPUTERNAME/$($account.Name),user"
    $user.SetPassword($Password)
    # 0x2 is ADS_UF_ACCOUNTDISABLE.
    $user.UserFlags.Value = $user.UserFlags.Value -band (-bnot 0x2)
    $user.SetInfo()
}

function Import-ServerCertificate([string] $Path, [string] $Password) {
    $certificate = New-Object System.Security.Cryptography.X509Certificates.X509Certificate2
    $certificate.Import($Path, $Password, 'MachineKeySet,PersistKeySet')
    $store = New-Object System.Security.Cryptography.X509Certificates.X509Store('My', 'LocalMachine')
    $store.Open('ReadWrite')
    try { $store.Add($certificate) } finally { $store.Close() }
    return $certificate.Thumbprint
}

function Open-Listener([string] $Thumbprint) {
    Set-Service -Name WinRM -StartupType Automatic
    Start-Service -Name WinRM
    Get-ChildItem -Path WSMan:\localhost\Listener |
        Where-Object { $_.Keys -contains 'Transport=HTTPS' } |
        Remove-Item -Recurse -Force
    New-Item -Path WSMan:\localhost\Listener -Transport HTTPS -Address '*' -CertificateThumbPrint $Thumbprint -Force |
        Out-Null
    # Basic inside TLS only: unencrypted traffic stays refused.
    Set-Item -Path WSMan:\localhost\Service\AllowUnencrypted -Value $false
    Set-Item -Path WSMan:\localhost\Service\Auth\Basic -Value $true
    & netsh.exe advfirewall firewall delete rule "name=$ruleName" | Out-Null
    & netsh.exe advfirewall firewall add rule "name=$ruleName" dir=in action=allow protocol=TCP localport=5986 | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "netsh ended with $LASTEXITCODE" }
}

try {
    $drive = Find-Disc
    if ($null -eq $drive) {
        Write-Journal 'no disc labelled LYNCIMG: nothing to do'
        exit 0
    }
    $answer = Read-Answer $drive
    Set-AdministratorPassword $answer.password
    $thumbprint = Import-ServerCertificate "$drive\server.pfx" $answer.certificatePassword
    # Un-keying removes what this file names.
    Set-Content -LiteralPath (Join-Path $folder 'thumbprint') -Value $thumbprint -Encoding ASCII
    Open-Listener $thumbprint
    Write-Journal "took password, certificate $thumbprint and listener of the disc in $drive"
}
catch {
    # The type and not the message: a message may quote what it could not read.
    Write-Journal "failed: $($_.Exception.GetType().Name) at line $($_.InvocationInfo.ScriptLineNumber)"
    exit 1
}
